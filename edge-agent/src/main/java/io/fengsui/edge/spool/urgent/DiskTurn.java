package io.fengsui.edge.spool.urgent;

import io.fengsui.runtime.TimeSource;
import java.util.function.BooleanSupplier;

/** Whether a thread is in the disk, and for how long without a commit: it may not come back. Written by that thread, read by any. */
public final class DiskTurn {
    private final TimeSource time;
    private volatile boolean isTaken;
    private volatile long sinceNanos;

    public DiskTurn(TimeSource time) {
        this.time = time;
    }

    /** Does work that may hang in the disk. */
    public boolean take(BooleanSupplier work) {
        moved();
        isTaken = true;
        try {
            return work.getAsBoolean();
        } finally {
            isTaken = false;
        }
    }

    /** The disk took something. */
    public void moved() {
        sinceNanos = time.steadyNanos();
    }

    /** Whether what is being done takes so long that nobody knows whether it comes back. */
    public boolean isLong() {
        return isTaken && time.steadyNanos() - sinceNanos >= UrgentDesk.PATIENCE.toNanos();
    }
}
