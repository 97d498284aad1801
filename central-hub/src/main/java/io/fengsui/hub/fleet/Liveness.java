package io.fengsui.hub.fleet;

import io.fengsui.protocol.EventId;
import io.fengsui.runtime.TimeSource;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * When each edge was last heard of, and when it last said of an event that it holds it open: on the steady clock, so
 * that a jump of the wall clock silences nobody. An edge that was not heard of since the hub's own start counts from
 * that start. Thread-safe.
 */
public final class Liveness {
    /** Renewals of events that are not named any more, kept so that they run out in their own time. */
    private static final int MOST_UNNAMED = 1_000;

    private static final class Leases {
        private final long enteredNanos;
        private final Map<EventId, Long> renewedNanos = new HashMap<>();

        Leases(long enteredNanos) {
            this.enteredNanos = enteredNanos;
        }
    }

    private final TimeSource time;
    private final long startNanos;
    private final ConcurrentMap<String, Long> heardNanos = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Leases> leases = new ConcurrentHashMap<>();

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

    /** A session of this edge has begun; what was renewed in an earlier one counts no more. */
    public void entered(String edge) {
        leases.put(edge, new Leases(time.steadyNanos()));
    }

    /** The edge says that it holds these events open. */
    public void renewed(String edge, Collection<EventId> open) {
        long now = time.steadyNanos();
        Leases of = leases.computeIfAbsent(edge, unknown -> new Leases(now));
        synchronized (of) {
            open.forEach(event -> of.renewedNanos.put(event, now));
            if (of.renewedNanos.size() > open.size() + MOST_UNNAMED) {
                Set<EventId> named = new HashSet<>(open);
                of.renewedNanos.keySet().retainAll(named);
            }
        }
    }

    /** Whether the edge has said in this session that it holds the event open. */
    public boolean isRenewed(String edge, EventId event) {
        Leases of = leases.get(edge);
        if (of == null) {
            return false;
        }
        synchronized (of) {
            return of.renewedNanos.containsKey(event);
        }
    }

    /** For how long the edge, in this session, has not said that it holds the event open. */
    public Duration unrenewed(String edge, EventId event) {
        Leases of = leases.get(edge);
        if (of == null) {
            return Duration.ofNanos(time.steadyNanos() - startNanos);
        }
        synchronized (of) {
            return Duration.ofNanos(time.steadyNanos() - of.renewedNanos.getOrDefault(event, of.enteredNanos));
        }
    }
}
