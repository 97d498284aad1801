package io.fengsui.edge.spool.urgent;

import io.fengsui.runtime.RoleThreads;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks twice a second whether the disk keeps something urgent waiting: the spool's own thread cannot, it may hang in it. Thread {@code spool-watch}. */
public final class SpoolWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolWatch.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Runnable look;
    private final ScheduledExecutorService timer;

    private SpoolWatch(Runnable look) {
        this.look = look;
        this.timer = RoleThreads.every(PAUSE, "spool-watch", this::look);
    }

    /** @param look must not touch the disk */
    public static SpoolWatch start(Runnable look) {
        return new SpoolWatch(look);
    }

    /** A look that throws is not the last one. */
    private boolean look() {
        try {
            look.run();
        } catch (RuntimeException | Error e) {
            LOG.error("whether the disk keeps something waiting cannot be said this time", e);
        }
        return true;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
