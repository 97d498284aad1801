package io.fengsui.edge.spool;

import io.fengsui.edge.spool.store.SpoolReader;
import io.fengsui.edge.spool.store.SpoolStore;
import io.fengsui.protocol.Lane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the open file is damaged beyond a record, which only a new start repairs: a page that makes no sense or cannot be
 * read, the place of a record that cannot be told. Once may be an accident; the third time tells whoever can start the agent
 * again, unless the disk takes nothing. A single damaged record is buried where it lies. Thread-safe.
 */
final class DamageWatch implements SpoolReader.OnDamage {
    private static final Logger LOG = LoggerFactory.getLogger(DamageWatch.class);
    private static final int ENOUGH = 3;
    private static final int PROBE_BYTES = 4096;

    private final WriterTasks tasks;
    private final AtomicInteger seen = new AtomicInteger();
    private final AtomicReference<@Nullable Listener> then = new AtomicReference<>();

    /** Who can start the agent again, and the folder in which it has to find a disk that works then. */
    private record Listener(Path folder, Runnable told) {}

    DamageWatch(WriterTasks tasks) {
        this.tasks = tasks;
    }

    /** Told once, on the thread that noticed or on this one; must not block. */
    void tell(Path folder, Runnable told) {
        then.set(new Listener(folder, told));
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
        if (seen.incrementAndGet() >= ENOUGH) {
            LOG.error("the spool is damaged while in use, which the next start of the agent repairs: {}", what);
            tellNow();
        }
    }

    /** On a disk that takes nothing an agent that ends may never come back; one that runs still tells from memory. */
    private void tellNow() {
        Listener listener = then.get();
        if (listener != null && works(listener.folder()) && then.compareAndSet(listener, null)) {
            listener.told().run();
        }
    }

    private static boolean works(Path folder) {
        Path probe = folder.resolve("spool-probe");
        try {
            Files.write(probe, new byte[PROBE_BYTES], StandardOpenOption.CREATE, StandardOpenOption.DSYNC);
            Files.delete(probe);
            return true;
        } catch (IOException e) {
            LOG.warn("the agent goes on with a spool that is damaged, since the disk takes nothing: {}", e.toString());
            return false;
        }
    }
}
