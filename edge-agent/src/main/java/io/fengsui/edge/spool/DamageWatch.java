package io.fengsui.edge.spool;

import io.fengsui.edge.spool.read.SpoolReader;
import io.fengsui.edge.spool.store.SpoolStore;
import io.fengsui.protocol.Lane;
import io.fengsui.runtime.TimeSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the open file is damaged beyond a record, which only a new start repairs: a page that makes no sense or cannot be
 * read, the place of a record that cannot be told, a record that is not there. When it was seen often enough within an
 * hour it tells whoever can start the agent again, once each time that it becomes so. A single damaged record is buried
 * where it lies. Thread-safe.
 */
final class DamageWatch implements SpoolReader.OnDamage {
    private static final Logger LOG = LoggerFactory.getLogger(DamageWatch.class);

    private final WriterTasks tasks;
    private final BooleanSupplier isOpen;
    private final TimeSource time;
    private final Tally tally = new Tally();
    private boolean isTold;
    private boolean isForeign;
    private @Nullable Runnable listener;

    /** @param isOpen whether the file is; one that is not is checked and repaired when it is opened, not sooner by a new start */
    DamageWatch(WriterTasks tasks, BooleanSupplier isOpen, TimeSource time) {
        this.tasks = tasks;
        this.isOpen = isOpen;
        this.time = time;
    }

    /** Told on the thread that notices, or on this one when it is so already; must not block. */
    void tell(Runnable told) {
        boolean isDamaged;
        synchronized (this) {
            listener = told;
            isDamaged = isForeign || tally.isEnough(time.steadyNanos());
        }
        if (isDamaged) {
            told.run();
        }
    }

    /** Whether it is so now. */
    synchronized boolean isDamaged() {
        return isForeign || tally.isEnough(time.steadyNanos());
    }

    /** While this program waited for the disk somebody else took the folder: a new start refuses it, and says why. */
    void foreign(String what) {
        Runnable told;
        synchronized (this) {
            if (isForeign) {
                return;
            }
            isForeign = true;
            told = listener;
        }
        LOG.error("the spool is not this agent's any more: {}", what);
        if (told != null) {
            told.run();
        }
    }

    /** It could be opened. */
    synchronized void ours() {
        isForeign = false;
    }

    @Override
    public void found(Lane lane, long sequence) {
        tasks.damaged(lane, sequence);
    }

    @Override
    public void failed(SQLException e) {
        if (SpoolStore.isDamage(e) || SpoolStore.isUnreadable(e)) {
            placeLost(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void placeLost(String what) {
        if (!isOpen.getAsBoolean()) {
            return;
        }
        Runnable told;
        synchronized (this) {
            boolean isDamaged = tally.seen(time.steadyNanos());
            if (!isDamaged || isTold) {
                isTold &= isDamaged;
                return;
            }
            isTold = true;
            told = listener;
        }
        LOG.error("the spool is damaged while in use, which the next start of the agent repairs: {}", what);
        if (told != null) {
            told.run();
        }
    }

    /**
     * How often damage was seen lately: once may be an accident, {@link #ENOUGH} times within an hour are none. Not thread-safe.
     */
    private static final class Tally {
        static final int ENOUGH = 3;
        static final Duration MEMORY = Duration.ofHours(1);

        private final long[] seen = new long[ENOUGH];
        private int many;

        /** Seen once more; whether that makes it enough. */
        boolean seen(long nowNanos) {
            forget(nowNanos);
            if (many == ENOUGH) {
                System.arraycopy(seen, 1, seen, 0, ENOUGH - 1);
                many--;
            }
            seen[many++] = nowNanos;
            return many == ENOUGH;
        }

        /** Whether it is still enough. */
        boolean isEnough(long nowNanos) {
            forget(nowNanos);
            return many == ENOUGH;
        }

        private void forget(long nowNanos) {
            int old = 0;
            while (old < many && nowNanos - seen[old] > MEMORY.toNanos()) {
                old++;
            }
            System.arraycopy(seen, old, seen, 0, many - old);
            many -= old;
        }
    }
}
