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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which incident an event belongs to: one table, and the same end whatever the order of arrival. */
class CorrelatorTest {
    private static final Instant T = Instant.parse("2026-11-21T02:00:00Z");
    private static final Incident.Key KEY = new Incident.Key("edge", "site", "key");
    private final Correlator correlator = new Correlator(Duration.ofMinutes(10));
    private final SplittableRandom random = new SplittableRandom(7);

    /** An incident from minute 0 that ended at minute 5, or is open; an event of one minute that begins at {@code minute}. */
    @ParameterizedTest(name = "open={0} minute={1}: {2}")
    @CsvSource({
        "false, 3, JOINED_WITHIN_WINDOW",
        "false, 15, JOINED_WITHIN_WINDOW",
        "false, 16, NEW_INCIDENT",
        "false, -11, JOINED_WITHIN_WINDOW",
        "false, -12, NEW_INCIDENT",
        "true, 3, JOINED_OPEN",
        "true, 600, JOINED_OPEN",
        "true, -600, NEW_INCIDENT",
    })
    void placesANewEvent(boolean isOpen, int minute, CorrelateReason expected) {
        EventState first = state(event(0, isOpen ? Phase.BEGUN : Phase.INSTANT, 1), minutes(0), minutes(5));
        Incident incident = correlator.place(first, KEY, List.of(), "i1").incident();
        EventState late = state(
                event(minute, Phase.INSTANT, 1),
                minutes(minute),
                minutes(minute).plusSeconds(60));
        Correlation correlation = correlator.place(late, KEY, List.of(incident), "i2");
        assertThat(correlation.reason()).isEqualTo(expected);
        assertThat(correlation.incident().id()).isEqualTo(expected == CorrelateReason.NEW_INCIDENT ? "i2" : "i1");
    }

    @Test
    void endsTheSameWhateverTheOrderOfRevisions() {
        List<EventState> revisions = List.of(
                state(event(0, Phase.BEGUN, 1), minutes(0), minutes(0)),
                state(event(0, Phase.UPDATED, 2), minutes(0), minutes(1)),
                state(event(0, Phase.UPDATED, 3), minutes(0), minutes(2)),
                state(event(0, Phase.ENDED, 4), minutes(0), minutes(3)));
        EventId id = revisions.getFirst().event().id();
        for (int round = 0; round < 200; round++) {
            List<EventState> order = new ArrayList<>(revisions);
            order.addAll(revisions);
            Collections.shuffle(order, new Random(round));
            Correlation last = correlator.place(named(order.getFirst(), id), KEY, List.of(), "i1");
            for (EventState each : order.subList(1, order.size())) {
                last = correlator.revise(named(each, id), last.event(), last.incident());
            }
            assertThat(last.event().event().revision()).isEqualTo(4);
            assertThat(last.incident().isOpen()).isFalse();
            assertThat(last.incident().events()).isEqualTo(new Incident.Count(1, 0));
            assertThat(last.incident().span()).isEqualTo(new Incident.Span(minutes(0), minutes(3), minutes(3)));
        }
    }

    private static EventState named(EventState state, EventId id) {
        return new EventState(renamed(state.event(), id), state.times(), "", false, new byte[0]);
    }

    @Test
    void tellsAnOldRevisionFromOneThatIsKnown() {
        EventState second = state(event(0, Phase.UPDATED, 2), minutes(0), minutes(1));
        Incident incident = correlator.place(second, KEY, List.of(), "i1").incident();
        EventState first = new EventState(
                renamed(event(0, Phase.BEGUN, 1), second.event().id()), second.times(), "", false, new byte[0]);
        assertThat(correlator.revise(second, second, incident).reason()).isEqualTo(CorrelateReason.DUPLICATE);
        assertThat(correlator.revise(first, second, incident).reason()).isEqualTo(CorrelateReason.OLDER_REVISION);
    }

    @Test
    void theAnswerToAnEventsQuestionSpeaksForIt() {
        EventState asking = state(event(0, Phase.BEGUN, 1), minutes(0), minutes(0));
        Incident incident = correlator.place(asking, KEY, List.of(), "i1").incident();
        assertThat(incident.severity()).isEqualTo(Severity.MAJOR);

        EventState seen =
                state(event(1, Phase.INSTANT, 1, Severity.MINOR, Map.of("answer-to", "it")), minutes(1), minutes(1));
        Incident lowered = correlator.place(seen, KEY, List.of(incident), "i2").incident();
        assertThat(lowered.severity()).isEqualTo(Severity.MINOR);

        EventState renewed = named(
                state(event(0, Phase.UPDATED, 2), minutes(0), minutes(5)),
                asking.event().id());
        assertThat(correlator.revise(renewed, asking, lowered).incident().severity())
                .as("the same said again is no news")
                .isEqualTo(Severity.MINOR);
        EventState worse = named(
                state(event(0, Phase.UPDATED, 2, Severity.CRITICAL, Map.of()), minutes(0), minutes(5)),
                asking.event().id());
        assertThat(correlator.revise(worse, asking, lowered).incident().severity())
                .isEqualTo(Severity.CRITICAL);

        EventState another = state(event(1, Phase.INSTANT, 1, Severity.MINOR, Map.of()), minutes(1), minutes(1));
        assertThat(correlator
                        .place(another, KEY, List.of(incident), "i2")
                        .incident()
                        .severity())
                .as("any other milder event changes nothing")
                .isEqualTo(Severity.MAJOR);
    }

    private static Instant minutes(int minutes) {
        return T.plus(Duration.ofMinutes(minutes));
    }

    private static EventState state(Event event, Instant occurred, Instant revised) {
        return new EventState(event, new EventState.Times(occurred, revised, revised), "", false, new byte[0]);
    }

    private static Event renamed(Event event, EventId id) {
        return new Event(
                id,
                event.revision(),
                event.phase(),
                event.kind(),
                event.severity(),
                event.lane(),
                event.origin(),
                event.times(),
                event.cause(),
                event.dedupKey(),
                event.attributes(),
                event.detections(),
                event.evidence(),
                event.why(),
                event.marks());
    }

    private Event event(int minute, Phase phase, int revision) {
        return event(minute, phase, revision, Severity.MAJOR, Map.of());
    }

    private Event event(int minute, Phase phase, int revision, Severity severity, Map<String, String> attributes) {
        Moment moment = new Moment(minutes(minute), ClockQuality.SYNCED, "boot", 0);
        return new Event(
                EventId.make(minutes(minute), random),
                revision,
                phase,
                new EventKind("fire.smoke"),
                severity,
                Lane.URGENT,
                new Event.Origin("edge", "site", Source.sensor("s"), "", Place.UNKNOWN),
                new Event.Times(moment, moment, Duration.ZERO),
                Event.Cause.NONE,
                "key",
                attributes,
                List.of(),
                List.of(),
                List.of(),
                Event.Marks.NONE);
    }
}
