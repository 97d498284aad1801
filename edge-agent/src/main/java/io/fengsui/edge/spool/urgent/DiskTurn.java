package io.fengsui.edge.spool.urgent;

import io.fengsui.runtime.TimeSource;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Whether a thread is in the disk, and for how long without a commit: it may not come back. Taken by one thread at a time, read and ended by any. */
public final class DiskTurn {
    private final TimeSource time;
    private volatile boolean isTaken;
    private volatile long sinceNanos;
    private boolean isEnded;
    private @Nullable Runnable rest;

    public DiskTurn(TimeSource time) {
        this.time = time;
    }

    /** Does work that may hang in the disk; false without it once all has ended. */
    public boolean take(BooleanSupplier work) {
        synchronized (this) {
            if (isEnded) {
                return false;
            }
            moved();
            isTaken = true;
        }
        try {
            return work.getAsBoolean();
        } finally {
            Runnable last;
            synchronized (this) {
                isTaken = false;
                last = rest;
                rest = null;
            }
            if (last != null) {
                last.run();
            }
        }
    }

    /**
     * No more work from now on, only this: here and at once, or where a thread is in the disk by that one, if it ever comes back.
     * Returns whether it is done.
     */
    public boolean end(Runnable lastWork) {
        synchronized (this) {
            if (isEnded) {
                return rest == null;
            }
            isEnded = true;
            if (isTaken) {
                rest = lastWork;
                return false;
            }
        }
        lastWork.run();
        return true;
    }

    /** Whether somebody is in the disk just now. */
    public boolean isTaken() {
        return isTaken;
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
