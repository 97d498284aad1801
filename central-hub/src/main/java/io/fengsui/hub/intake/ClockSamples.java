package io.fengsui.hub.intake;

import io.fengsui.protocol.value.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
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

        /** What the edge's wall clock was moved by until then. */
        Duration edgeDrift(Moment later) {
            return Duration.between(edge.wall(), later.wall()).minusNanos(later.steadyNanos() - edge.steadyNanos());
        }

        boolean isOfOtherClocks(Sample next) {
            Duration hubDrift = Duration.between(hub, next.hub).minusNanos(next.hubNanos - hubNanos);
            return !edge.bootId().equals(next.edge.bootId())
                    || edgeDrift(next.edge).abs().compareTo(STEP) > 0
                    || hubDrift.abs().compareTo(STEP) > 0;
        }
    }

    private final Deque<Sample> samples = new ArrayDeque<>();
    private Duration believed = Duration.ZERO;

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
        believed = largest;
        return largest;
    }

    /**
     * How far ahead the clock was that this moment was read from, which may have been set since the last sample, or before: the
     * steady clock of the same boot tells. Empty when it belongs to another boot.
     */
    Optional<Duration> of(Moment moment) {
        Sample last = samples.peekLast();
        if (last == null || !last.edge.bootId().equals(moment.bootId())) {
            return Optional.empty();
        }
        Duration drift = last.edgeDrift(moment);
        return Optional.of(drift.abs().compareTo(STEP) > 0 ? believed.plus(drift) : believed);
    }
}
