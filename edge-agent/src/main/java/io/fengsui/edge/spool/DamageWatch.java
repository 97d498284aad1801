package io.fengsui.edge.spool;

import io.fengsui.edge.spool.store.SpoolReader;
import io.fengsui.edge.spool.store.SpoolStore;
import io.fengsui.protocol.Lane;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the open file is damaged beyond a record, which only a new start repairs: a page that makes no sense or cannot be
 * read, the place of a record that cannot be told. Once may be an accident; the third time tells whoever can start the agent
 * again. A single damaged record is buried where it lies. Thread-safe.
 */
final class DamageWatch implements SpoolReader.OnDamage {
    private static final Logger LOG = LoggerFactory.getLogger(DamageWatch.class);
    private static final int ENOUGH = 3;

    private final WriterTasks tasks;
    private final AtomicInteger seen = new AtomicInteger();
    private final AtomicReference<@Nullable Runnable> then = new AtomicReference<>();

    DamageWatch(WriterTasks tasks) {
        this.tasks = tasks;
    }

    /** Told once, on the thread that noticed or on this one; must not block. */
    void tell(Runnable listener) {
        then.set(listener);
        if (seen.get() >= ENOUGH) {
            tellNow();
        }
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
        if (seen.incrementAndGet() == ENOUGH) {
            LOG.error(
                    "the spool is damaged while in use; the agent has to be started again, which repairs it: {}", what);
            tellNow();
        }
    }

    private void tellNow() {
        Runnable listener = then.getAndSet(null);
        if (listener != null) {
            listener.run();
        }
    }
}
