package io.fengsui.edge.sensor;

import com.fasterxml.jackson.core.JsonPointer;
import io.fengsui.edge.profile.MessageShape;
import io.fengsui.edge.profile.MessageShape.Envelope;
import io.fengsui.edge.profile.MessageShape.Format;
import io.fengsui.edge.profile.MessageShape.Timing;
import io.fengsui.edge.profile.MessageShape.Who;
import io.fengsui.edge.profile.Profile;
import io.fengsui.edge.profile.ProfileLibrary;
import io.fengsui.edge.profile.ReadingSpec;
import io.fengsui.edge.profile.ReadingSpec.Guard;
import io.fengsui.edge.profile.ReadingSpec.Meaning;
import io.fengsui.edge.profile.ReadingSpec.Measure;
import io.fengsui.edge.profile.ReadingSpec.State;
import io.fengsui.edge.profile.TopicPattern;
import io.fengsui.edge.profile.Unit;
import io.fengsui.edge.profile.ValueSource;
import io.fengsui.edge.sensor.SensorSettings.Feed;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/** Sensors for tests. */
final class TestingSensors {
    static final Moment NOON = new Moment(Instant.parse("2026-11-21T04:00:00Z"), ClockQuality.SYNCED, "boot", 1);
    static final Meaning STATE = new State(State.USUAL_TRUE, State.USUAL_FALSE, null);
    static final Meaning METRES = new Measure(Unit.M, 1, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false);
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private TestingSensors() {}

    /** One value on one topic. */
    static SensorSettings own(String id, String topic, String quantity, String pointer, Meaning meaning) {
        ValueSource at = new ValueSource.At(JsonPointer.compile(pointer), false);
        Format format = pointer.isEmpty() ? Format.TEXT : Format.JSON;
        MessageShape shape = new MessageShape(
                new TopicPattern(topic),
                new Envelope(format, null, null, true),
                Who.BY_TOPIC,
                new Timing(null, false, null),
                List.of(new ReadingSpec(quantity, at, meaning, new Guard(null, Set.of(), true))),
                null);
        return sensor(id, new Profile(id, Name.NONE, "", Duration.ZERO, List.of(shape)), "");
    }

    /** A device of a profile that ships. */
    static SensorSettings of(String id, String profile, String device) {
        return sensor(id, ProfileLibrary.builtIn().find(profile).orElseThrow(), device);
    }

    private static SensorSettings sensor(String id, Profile profile, String device) {
        return new SensorSettings(
                id,
                new Name("传感器", "sensor"),
                Place.UNKNOWN,
                "",
                "village",
                new Feed(profile, "", device, ZONE),
                Duration.ZERO);
    }
}
