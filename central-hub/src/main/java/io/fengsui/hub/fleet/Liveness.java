package io.fengsui.hub.fleet;

import io.fengsui.runtime.TimeSource;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * When each edge was last heard of, on the steady clock, so that a jump of the wall clock silences nobody. An edge that
 * was not heard of since the hub's own start counts from that start. Thread-safe.
 */
public final class Liveness {
    private final TimeSource time;
    private final long startNanos;
    private final ConcurrentMap<String, Long> heardNanos = new ConcurrentHashMap<>();

    public Liveness(TimeSource time) {
        this.time = time;
        this.startNanos = time.steadyNanos();
    }

    public void heard(String edge) {
        heardNanos.put(edge, time.steadyNanos());
    }

    /** For how long nothing was heard of it. */
    public Duration quiet(String edge) {
        return Duration.ofNanos(time.steadyNanos() - heardNanos.getOrDefault(edge, startNanos));
    }
}
