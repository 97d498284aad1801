package io.fengsui.runtime;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread for what is to be done now, later, or again and again. What a task throws, an {@link Error} too, is told, and ends
 * neither the thread nor what comes again: a plain executor of the JDK keeps it in a future that nobody asks, and never does
 * that task again. After a shutdown tasks are dropped. Thread-safe.
 */
public final class EnduringTimer extends ScheduledThreadPoolExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(EnduringTimer.class);

    private final Consumer<Throwable> thrown;

    /**
     * Of a thread of this name, begun with the first task.
     *
     * @param thrown told on that thread of what a task threw
     */
    public EnduringTimer(String role, Consumer<Throwable> thrown) {
        super(1, work -> RoleThreads.named(role, work), new ThreadPoolExecutor.DiscardPolicy());
        this.thrown = thrown;
        setRemoveOnCancelPolicy(true);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return super.schedule(enduring(task), delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long first, long period, TimeUnit unit) {
        return super.scheduleAtFixedRate(enduring(task), first, period, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long pause, TimeUnit unit) {
        return super.scheduleWithFixedDelay(enduring(task), first, pause, unit);
    }

    private Runnable enduring(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                tell(e);
            }
        };
    }

    private void tell(Throwable e) {
        try {
            thrown.accept(e);
        } catch (RuntimeException | Error again) {
            LOG.error("what a task threw could not be handled: {}", e, again);
        }
    }
}
