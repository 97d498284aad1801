package io.fengsui.edge.gate;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** What one camera's gate has seen and decided. Written by the camera's event loop, read by any thread. */
public final class GateCounters {
    private final AtomicLong units = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong watchedNanos = new AtomicLong();
    private final AtomicLong awakeNanos = new AtomicLong();
    private final AtomicLong audited = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private final AtomicLong missed = new AtomicLong();
    private final Map<GateReason, AtomicLong> reasons = zeros();
    private final Map<GateReason, AtomicLong> openings = zeros();

    GateCounters() {}

    private static Map<GateReason, AtomicLong> zeros() {
        Map<GateReason, AtomicLong> zeros = new EnumMap<>(GateReason.class);
        for (GateReason reason : GateReason.values()) {
            zeros.put(reason, new AtomicLong());
        }
        return zeros;
    }

    void unit(int length) {
        units.incrementAndGet();
        bytes.addAndGet(length);
    }

    void decided(GateReason reason) {
        counter(reasons, reason).incrementAndGet();
    }

    void opened(GateReason reason) {
        counter(openings, reason).incrementAndGet();
    }

    void watched(long nanos, boolean isAwake) {
        watchedNanos.addAndGet(nanos);
        if (isAwake) {
            awakeNanos.addAndGet(nanos);
        }
    }

    void audited(boolean wasMissed) {
        audited.incrementAndGet();
        if (wasMissed) {
            missed.incrementAndGet();
        }
    }

    void unanswered() {
        unanswered.incrementAndGet();
    }

    public long accessUnits() {
        return units.get();
    }

    public long bytes() {
        return bytes.get();
    }

    /** Decisions with this reason; those of an open reason are looks. */
    public long of(GateReason reason) {
        return counter(reasons, reason).get();
    }

    /** Times that the camera woke up for this reason. */
    public long openings(GateReason reason) {
        return counter(openings, reason).get();
    }

    /** Time in which pictures came. */
    public double watchedSeconds() {
        return watchedNanos.get() / 1e9;
    }

    /** Time of that in which the camera was awake. */
    public double awakeSeconds() {
        return awakeNanos.get() / 1e9;
    }

    /** Seconds asleep that were looked at all the same. */
    public long audits() {
        return audited.get();
    }

    /**
     * Seconds asleep that were to be looked at and never were: dropped, or taken over by a newer look. Counted when the next one is
     * due, or with another stream.
     */
    public long unansweredAudits() {
        return unanswered.get();
    }

    /** Those of the audits in which there was something that the gate had not noticed. */
    public long missed() {
        return missed.get();
    }

    private static AtomicLong counter(Map<GateReason, AtomicLong> counters, GateReason reason) {
        return Objects.requireNonNull(counters.get(reason));
    }
}
