package io.fengsui.benchmarks.events;

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
import io.fengsui.runtime.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Intrusions of one camera that nobody knows the place of, each in a zone of its own or once more in one of the last. */
final class PlainEvents implements Supplier<Event> {
    private final String edge;
    private final double share;
    private final Random random;
    private int keys;

    /** @param share of events whose incident is new; the others are repeats of incidents that are open */
    PlainEvents(String edge, double share) {
        this.edge = edge;
        this.share = share;
        this.random = new Random(edge.hashCode());
    }

    @Override
    public Event get() {
        boolean isNew = keys == 0 || random.nextDouble() < share;
        keys += isNew ? 1 : 0;
        int key = isNew ? keys : Math.max(1, keys - random.nextInt(Math.min(keys, 20)));
        Moment now = now();
        return new Event(
                EventId.make(now.wall(), random),
                1,
                Phase.BEGUN,
                new EventKind("safety.intrusion"),
                Severity.MAJOR,
                Lane.URGENT,
                new Event.Origin(edge, edge, Source.camera("camera-1", "zone-1"), "", Place.UNKNOWN),
                new Event.Times(now, now, Duration.ofHours(1)),
                Event.Cause.NONE,
                "zone-" + key,
                Map.of("filling", "x".repeat(120)),
                List.of(),
                List.of(),
                List.of(),
                Event.Marks.NONE);
    }

    /** This moment, by a clock that an edge trusts. */
    static Moment now() {
        TimeSource time = TimeSource.system();
        return new Moment(time.wall(), ClockQuality.SYNCED, "benchmark", time.steadyNanos());
    }
}
