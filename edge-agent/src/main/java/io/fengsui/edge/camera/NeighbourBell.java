package io.fengsui.edge.camera;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells cameras that wait before their next try that a neighbour is back: after a power cut the whole site returns at
 * once, and what was learned from failures in the dark is worth nothing any more. Rings twice a second at most, as one
 * that comes back early rings for all. Thread-safe.
 */
final class NeighbourBell {
    private static final long QUIET_NANOS = Duration.ofMillis(500).toNanos();

    private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicLong silentUntilNanos;

    NeighbourBell(long nowNanos) {
        this.silentUntilNanos = new AtomicLong(nowNanos);
    }

    /** Listens until {@link #leave}; what is run must only hand on to the camera's loop. */
    void listen(Runnable hurry) {
        waiting.add(hurry);
    }

    void leave(Runnable hurry) {
        waiting.remove(hurry);
    }

    /** A camera that was away plays again. */
    void ring(long nowNanos) {
        long until = silentUntilNanos.get();
        if (nowNanos - until >= 0 && silentUntilNanos.compareAndSet(until, nowNanos + QUIET_NANOS)) {
            waiting.forEach(Runnable::run);
        }
    }
}
