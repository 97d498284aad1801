package io.fengsui.benchmarks.chaos.spool;

import io.fengsui.benchmarks.chaos.oracle.Obligations;
import io.fengsui.benchmarks.chaos.oracle.Payloads;
import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.spool.Spool;
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
import io.fengsui.protocol.wire.WireRecords;
import io.fengsui.runtime.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes events, gives them to a spool, and writes down what it said. Confined to one thread. */
final class Records {
    private final Spool spool;
    private final Obligations obligations;
    private final TimeSource time;
    private final Random random;
    private final List<String> waiting = new ArrayList<>();

    Records(Spool spool, Obligations obligations, TimeSource time, Random random) {
        this.spool = spool;
        this.obligations = obligations;
        this.time = time;
        this.random = random;
    }

    /** A batch of so many; whether all that is given until now is on disk. */
    boolean batch(int many) {
        for (int i = 0; i < many; i++) {
            Event event = event(i % 2 == 0 ? Lane.URGENT : Lane.BULK, random.nextInt(2000));
            obligations.issued(event.id().toString(), Payloads.hash(WireRecords.encode(event)));
            if (spool.append(new Slot(List.of(event), List.of(), List.of(), List.of(), time.steadyNanos()))) {
                waiting.add(event.id().toString());
            }
        }
        return commit();
    }

    /** Another try to bring to disk what waits. */
    boolean commit() {
        boolean isOnDisk = spool.commit();
        if (isOnDisk) {
            obligations.acknowledged(waiting);
            waiting.clear();
        }
        return isOnDisk;
    }

    private Event event(Lane lane, int bytes) {
        Moment now = new Moment(time.wall(), ClockQuality.SYNCED, "chaos", time.steadyNanos());
        return new Event(
                EventId.make(time.wall(), random),
                1,
                Phase.INSTANT,
                new EventKind(lane == Lane.URGENT ? "fire.smoke" : "traffic.stopped"),
                lane == Lane.URGENT ? Severity.CRITICAL : Severity.WARNING,
                lane,
                new Event.Origin("edge-1", "village", Source.sensor("smoke-1"), "", Place.UNKNOWN),
                new Event.Times(now, now, Duration.ofMinutes(5)),
                Event.Cause.NONE,
                "smoke/smoke-1",
                Map.of("filling", "x".repeat(bytes)),
                List.of(),
                List.of(),
                List.of(),
                Event.Marks.NONE);
    }
}
