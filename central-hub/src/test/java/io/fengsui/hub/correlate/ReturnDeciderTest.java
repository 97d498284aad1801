package io.fengsui.hub.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether an event is news of a ticket that is done, or something new: one table. */
class ReturnDeciderTest {
    private static final Instant DONE = Instant.parse("2026-11-21T02:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    /** The ticket was done at second 0, or is not; the event began and was first heard of at these seconds. */
    @ParameterizedTest(name = "done={0} began={1} heard={2} {3} {4}: {5}")
    @CsvSource({
        "true, 1, 1, INSTANT, first, RETURNED",
        "true, 1, 900, BEGUN, first, RETURNED",
        "true, 1, 900, ENDED, first, RETURNED",
        "true, 86400, 86400, BEGUN, first, RETURNED",
        "true, 86401, 86401, BEGUN, first, LONG_DONE",
        // What still burns when it is first told was dealt with by nobody, whenever it began.
        "true, 0, 1, BEGUN, first, TOLD_AFTER",
        "true, -5, 3, UPDATED, first, TOLD_AFTER",
        "true, -5, 3, INSTANT, first, TOLD_AFTER",
        "true, -5, 3, ENDED, first, OVER",
        // Its edge's writer had it when the ticket was done, and the writer of tickets did not.
        "true, -5, -3, BEGUN, first, TOLD_AFTER",
        "true, -5, 0, BEGUN, first, TOLD_AFTER",
        // It made no ticket when it was first told, being too mild or too late.
        "true, -5, 3, UPDATED, revised, TOLD_AFTER",
        "true, -5, 3, ENDED, revised, OVER",
        "true, 1, 3, UPDATED, revised, RETURNED",
        "true, -5, -5, UPDATED, revised, HEARD_BEFORE",
        "true, -5, -5, INSTANT, revised, HEARD_BEFORE",
        // Smoke that was called nothing, and is a fire now.
        "true, -5, -5, UPDATED, worse, WORSE",
        "true, -5, -5, ENDED, worse, HEARD_BEFORE",
        "true, -5, 3, UPDATED, worse, TOLD_AFTER",
        "false, -5, -5, UPDATED, worse, WORKED_ON",
        // A clock that was set between two revisions moves the beginning, not when it was first heard of.
        "true, 5, -5, UPDATED, revised, HEARD_BEFORE",
        "true, 1, 1, INSTANT, answer, ANSWER",
        "false, 1, 1, BEGUN, first, WORKED_ON",
        "false, -5, 1, BEGUN, first, WORKED_ON",
    })
    void decides(boolean isDone, int began, int heard, Phase phase, String what, ReturnReason expected) {
        EventState event = event(began, heard, phase, what.equals("answer"));
        Returning.Done done = new Returning.Done(DONE, what.equals("worse") ? Severity.MINOR : Severity.MAJOR);
        boolean isFirst = !List.of("revised", "worse").contains(what);
        ReturnReason reason = ReturnDecider.decide(event, isFirst, isDone ? done : null, DAY);
        assertThat(reason).isEqualTo(expected);
        assertThat(reason.isNew())
                .isEqualTo(List.of(
                                ReturnReason.WORSE,
                                ReturnReason.TOLD_AFTER,
                                ReturnReason.RETURNED,
                                ReturnReason.LONG_DONE)
                        .contains(expected));
    }

    private static EventState event(int began, int heard, Phase phase, boolean isAnswer) {
        Instant occurred = DONE.plusSeconds(began);
        Moment moment = new Moment(occurred, ClockQuality.SYNCED, "boot", 1);
        Event event = new Event(
                EventId.make(occurred, new SplittableRandom(7)),
                1,
                phase,
                new EventKind("fire.smoke"),
                Severity.MAJOR,
                Lane.URGENT,
                new Event.Origin("edge", "site", Source.camera("cam", ""), "", Place.UNKNOWN),
                new Event.Times(moment, moment, Duration.ofMinutes(1)),
                Event.Cause.NONE,
                "key",
                attributes(isAnswer ? "it" : null),
                List.of(),
                List.of(),
                List.of(),
                Event.Marks.NONE);
        return new EventState(
                event, new EventState.Times(occurred, occurred, DONE.plusSeconds(heard)), "", false, new byte[0]);
    }

    private static Map<String, String> attributes(@Nullable String answerTo) {
        return answerTo == null ? Map.of() : Map.of("answer-to", answerTo);
    }
}
