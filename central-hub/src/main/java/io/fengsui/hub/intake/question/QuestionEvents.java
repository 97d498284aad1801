package io.fengsui.hub.intake.question;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Sha256;
import io.fengsui.rules.activity.Judgement;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Makes the event that says what was answered. Pure: its id follows from the event that asked. */
final class QuestionEvents {
    private QuestionEvents() {}

    static Event answer(Event asked, Judgement judgement, Optional<LastPicture> picture, Instant now) {
        Map<String, String> attributes = new TreeMap<>(judgement.attributes());
        attributes.put(HubWords.ANSWER_TO, asked.id().toString());
        picture.ifPresent(p -> attributes.putAll(p.attributes()));
        byte[] seed = Sha256.hashOf(("answer/" + asked.id()).getBytes(StandardCharsets.UTF_8))
                .bytes();
        SplittableRandom random = new SplittableRandom(ByteBuffer.wrap(seed).getLong());
        Moment moment = new Moment(now, ClockQuality.SYNCED, "", 0);
        return new Event(
                EventId.make(now, random),
                1,
                Phase.INSTANT,
                asked.kind(),
                judgement.severity(),
                asked.lane(),
                asked.origin(),
                new Event.Times(moment, moment, Duration.ZERO),
                asked.cause(),
                asked.dedupKey(),
                attributes,
                List.of(),
                List.of(),
                List.of(judgement.why()),
                Event.Marks.NONE);
    }
}
