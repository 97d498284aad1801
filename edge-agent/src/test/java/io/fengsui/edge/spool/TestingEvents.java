package io.fengsui.edge.spool;

import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.spool.store.Gap;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.SourceType;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Events for tests of what lies behind {@code decide}. */
public final class TestingEvents {
    public static final Instant NOON = Instant.parse("2026-11-21T04:00:00Z");
    private static final RandomGenerator RANDOM = new Random(7);

    private TestingEvents() {}

    public static Moment at(Instant wall) {
        return new Moment(wall, ClockQuality.SYNCED, "boot-1", 0);
    }

    /** A picture that is promised. */
    public static Evidence picture() {
        return Evidence.pending(new UUID(RANDOM.nextLong(), RANDOM.nextLong()), "image/jpeg", at(NOON));
    }

    public static Event event(Lane lane, Phase phase, Evidence... evidence) {
        return sized(lane, phase, 100, evidence);
    }

    /** An event whose body has about this many bytes more than a bare one. */
    public static Event sized(Lane lane, Phase phase, int bytes, Evidence... evidence) {
        Severity severity = lane == Lane.URGENT ? Severity.CRITICAL : Severity.WARNING;
        return sized(lane, phase, bytes, severity, Map.of(), evidence);
    }

    private static synchronized Event sized(
            Lane lane, Phase phase, int bytes, Severity severity, Map<String, String> more, Evidence... evidence) {
        Map<String, String> attributes = new TreeMap<>(more);
        attributes.put("filling", "x".repeat(bytes));
        String kind = lane == Lane.URGENT ? "fire.smoke" : "traffic.stopped";
        return new Event(
                EventId.make(NOON, RANDOM),
                1,
                phase,
                new EventKind(more.isEmpty() ? kind : EventKind.RECORDS_DROPPED.value()),
                severity,
                lane,
                new Event.Origin(
                        "edge-1", "village-7", new Source(SourceType.SENSOR, "smoke-3", ""), "", Place.UNKNOWN),
                new Event.Times(at(NOON), at(NOON), Duration.ofMinutes(5)),
                Event.Cause.NONE,
                "smoke/smoke-3",
                attributes,
                List.of(),
                List.of(evidence),
                List.of(),
                Event.Marks.NONE);
    }

    /** A bulk event of some weight. */
    public static synchronized Event graded(Severity severity, int bytes) {
        return sized(Lane.BULK, Phase.INSTANT, bytes, severity, Map.of());
    }

    /** What tells a gap, as the agent would make it. */
    public static Event gap(Gap gap, Instant now) {
        return sized(
                Lane.URGENT,
                Phase.INSTANT,
                1,
                Severity.MAJOR,
                Map.of("cause", gap.why().label(), "records", Long.toString(gap.records())));
    }

    public static Slot slot(Event... events) {
        return new Slot(List.of(events), List.of(), List.of(), List.of(), 0);
    }
}
