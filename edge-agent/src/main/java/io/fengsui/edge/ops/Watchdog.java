package io.fengsui.edge.ops;

import io.fengsui.runtime.RoleThreads;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once a second that the agent lives, as long as no thread that alarms depend on is stuck. Where one is, it says nothing
 * but once in the log, with what that thread does: whoever waits for the word kills the agent and starts it again. Thread
 * {@code watchdog}.
 */
public final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Stuck stuck;
    private final Runnable alive;
    private final ScheduledExecutorService timer;
    private boolean isTold;

    private Watchdog(Stuck stuck, Runnable alive, Duration pause) {
        this.stuck = stuck;
        this.alive = alive;
        this.timer = RoleThreads.every(pause, "watchdog", this::look);
    }

    /** @param alive how it is said; must not block */
    public static Watchdog start(Stuck stuck, Runnable alive) {
        return start(stuck, alive, PAUSE);
    }

    static Watchdog start(Stuck stuck, Runnable alive, Duration pause) {
        return new Watchdog(stuck, alive, pause);
    }

    /** A look that throws says nothing; the next one may. */
    private boolean look() {
        try {
            tell();
        } catch (RuntimeException | Error e) {
            LOG.error("whether the threads get on cannot be said this time", e);
        }
        return true;
    }

    private void tell() {
        List<String> words = stuck.words();
        if (words.isEmpty()) {
            isTold = false;
            alive.run();
        } else if (!isTold) {
            isTold = true;
            LOG.error("{}: the agent is not said to live any more{}", words, stacks(stuck.names()));
        }
    }

    private static String stacks(List<String> names) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<Thread, StackTraceElement[]> one :
                Thread.getAllStackTraces().entrySet()) {
            if (names.contains(one.getKey().getName())) {
                text.append('\n').append(one.getKey());
                for (StackTraceElement frame : one.getValue()) {
                    text.append("\n    at ").append(frame);
                }
            }
        }
        return text.toString();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
