package io.fengsui.hub.intake;

import io.fengsui.protocol.value.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * How far an edge's wall clock is ahead of the hub's, from the moments in what it says. Each sample is too small by the
 * time its message was on its way, so the largest of a window is the nearest to the truth. When a clock is set, or the
 * edge booted again, everything before counts no more. One thread at a time.
 */
final class ClockSamples {
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int MOST = 256;
    /** A steady clock and a wall clock that drift apart by more than this between two samples: one was set. */
    private static final Duration STEP = Duration.ofMillis(500);

    private record Sample(Moment edge, Instant hub, long hubNanos) {
        Duration offset() {
            return Duration.between(hub, edge.wall());
        }

        boolean isOfOtherClocks(Sample next) {
            Duration edgeDrift = Duration.between(edge.wall(), next.edge.wall())
                    .minusNanos(next.edge.steadyNanos() - edge.steadyNanos());
            Duration hubDrift = Duration.between(hub, next.hub).minusNanos(next.hubNanos - hubNanos);
            return !edge.bootId().equals(next.edge.bootId())
                    || edgeDrift.abs().compareTo(STEP) > 0
                    || hubDrift.abs().compareTo(STEP) > 0;
        }
    }

    private final Deque<Sample> samples = new ArrayDeque<>();

    /** Takes one more sample; returns what is believed now. */
    Duration add(Moment edge, Instant hub, long hubNanos) {
        Sample fresh = new Sample(edge, hub, hubNanos);
        @Nullable Sample last = samples.peekLast();
        if (last != null && last.isOfOtherClocks(fresh)) {
            samples.clear();
        }
        samples.removeIf(old -> hubNanos - old.hubNanos > WINDOW.toNanos());
        if (samples.size() >= MOST) {
            samples.removeFirst();
        }
        samples.addLast(fresh);
        Duration largest = fresh.offset();
        for (Sample sample : samples) {
            Duration offset = sample.offset();
            largest = offset.compareTo(largest) > 0 ? offset : largest;
        }
        return largest;
    }
}
