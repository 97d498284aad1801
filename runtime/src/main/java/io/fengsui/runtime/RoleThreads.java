package io.fengsui.runtime;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes threads that are named by their role ({@code net-0}, {@code ring-spool}) and tell of their unexpected death. */
public final class RoleThreads {
    private static final Logger LOG = LoggerFactory.getLogger(RoleThreads.class);

    private RoleThreads() {}

    /** A daemon thread, not yet started, with exactly this name. */
    public static Thread named(String role, Runnable work) {
        Thread thread = new Thread(work, role);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((t, e) -> LOG.error("thread {} died", t.getName(), e));
        return thread;
    }

    /** A daemon thread of this name that works at once and again after each pause, as long as the work says true. */
    public static ScheduledExecutorService every(Duration pause, String role, BooleanSupplier work) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> named(role, task));
        Runnable once = () -> {
            boolean goesOn = false;
            try {
                goesOn = work.getAsBoolean();
            } catch (RuntimeException | Error e) {
                LOG.error("thread {} died", role, e);
                throw e;
            } finally {
                if (!goesOn) {
                    timer.shutdown();
                }
            }
        };
        var _ = timer.scheduleWithFixedDelay(once, 0, pause.toNanos(), TimeUnit.NANOSECONDS);
        return timer;
    }

    /** A factory of {@code role-0}, {@code role-1} … */
    public static ThreadFactory factory(String role) {
        AtomicInteger next = new AtomicInteger();
        return work -> named(role + "-" + next.getAndIncrement(), work);
    }
}
