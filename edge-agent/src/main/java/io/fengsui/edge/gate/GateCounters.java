package io.fengsui.edge.gate;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** What one camera's gate has seen and decided. Written by the camera's event loop, read by any thread. */
public final class GateCounters {
    private final AtomicLong units = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLongArray reasons = new AtomicLongArray(GateReason.values().length);

    void unit(int length) {
        units.incrementAndGet();
        bytes.addAndGet(length);
    }

    void decided(GateReason reason) {
        reasons.incrementAndGet(reason.ordinal());
    }

    public long accessUnits() {
        return units.get();
    }

    public long bytes() {
        return bytes.get();
    }

    /** Decisions with this reason; those of an open reason are looks. */
    public long of(GateReason reason) {
        return reasons.get(reason.ordinal());
    }
}
