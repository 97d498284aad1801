package io.fengsui.hub.app;

import io.fengsui.runtime.RoleThreads;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls once a second. What it calls must not block. */
final class Ticker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

    private final ScheduledExecutorService timer;

    Ticker(String role, Runnable tick) {
        timer = Executors.newSingleThreadScheduledExecutor(work -> RoleThreads.named(role, work));
        timer.scheduleWithFixedDelay(() -> run(tick), 1, 1, TimeUnit.SECONDS);
    }

    private static void run(Runnable tick) {
        try {
            tick.run();
        } catch (RuntimeException e) {
            LOG.warn("a tick failed", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
