package io.fengsui.edge.gate;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** What one camera's gate has seen and decided. Written by the camera's event loop, read by any thread. */
public final class GateCounters {
    private final AtomicLong units = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final Map<GateReason, AtomicLong> reasons = new EnumMap<>(GateReason.class);

    GateCounters() {
        for (GateReason reason : GateReason.values()) {
            reasons.put(reason, new AtomicLong());
        }
    }

    void unit(int length) {
        units.incrementAndGet();
        bytes.addAndGet(length);
    }

    void decided(GateReason reason) {
        counter(reason).incrementAndGet();
    }

    public long accessUnits() {
        return units.get();
    }

    public long bytes() {
        return bytes.get();
    }

    /** Decisions with this reason; those of an open reason are looks. */
    public long of(GateReason reason) {
        return counter(reason).get();
    }

    private AtomicLong counter(GateReason reason) {
        return Objects.requireNonNull(reasons.get(reason));
    }
}
