package io.fengsui.edge.spool;

import io.fengsui.edge.spool.store.SpoolReader;
import io.fengsui.edge.spool.store.SpoolStore;
import io.fengsui.protocol.Lane;
import io.fengsui.runtime.TimeSource;
import java.sql.SQLException;
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
    private final TimeSource time;
    private final DamageTally tally = new DamageTally();
    private boolean isTold;
    private @Nullable Runnable listener;

    DamageWatch(WriterTasks tasks, TimeSource time) {
        this.tasks = tasks;
        this.time = time;
    }

    /** Told on the thread that notices, or on this one when it is so already; must not block. */
    void tell(Runnable told) {
        boolean isDamaged;
        synchronized (this) {
            listener = told;
            isDamaged = tally.isEnough(time.steadyNanos());
        }
        if (isDamaged) {
            told.run();
        }
    }

    /** Whether it is so now. */
    synchronized boolean isDamaged() {
        return tally.isEnough(time.steadyNanos());
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
}
