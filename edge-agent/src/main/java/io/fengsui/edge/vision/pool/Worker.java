package io.fengsui.edge.vision.pool;

import io.fengsui.edge.vision.JobDesk;
import io.fengsui.edge.vision.JobQueue;
import io.fengsui.edge.vision.VisionObserver;
import io.fengsui.edge.vision.VisionSettings;
import io.fengsui.edge.vision.VisionState;
import io.fengsui.edge.vision.VisionStateSink;
import io.fengsui.edge.vision.pool.WorkerEnd.Cause;
import io.fengsui.runtime.Backoff;
import io.fengsui.runtime.RoleThreads;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one worker running: life after life, with backoff between. Its thread is {@code vision-io-n}. */
final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** Longest that anyone waits for a request, workers or not. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long TICK_MILLIS = 200;
    private static final long CLOSE_MILLIS = 5000;

    /** What the workers of a pool share. */
    record Parts(
            VisionSettings settings,
            JobQueue queue,
            JobDesk desk,
            VisionStateSink states,
            VisionObserver observer,
            TimeSource time) {

        /** Lets go of the requests that nobody will serve in time. */
        void expire() {
            queue.expired(time.steadyNanos(), PATIENCE).forEach(job -> {
                job.fail("no vision worker was free within " + PATIENCE);
                job.release();
            });
        }
    }

    private final int number;
    private final Parts parts;
    private final Selector selector;
    private final Thread thread;
    private final Backoff backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, RandomGenerator.getDefault());
    private volatile boolean isClosing;
    private volatile boolean isReady;

    Worker(int number, Parts parts) throws IOException {
        this.number = number;
        this.parts = parts;
        this.selector = Selector.open();
        this.thread = RoleThreads.named("vision-io-" + number, this::run);
    }

    void start() {
        thread.start();
    }

    /** Tells that there may be work. Any thread; does not block. */
    void wake() {
        selector.wakeup();
    }

    boolean isReady() {
        return isReady;
    }

    private void run() {
        String reason = "started";
        String detail = "";
        while (!isClosing) {
            parts.states().onState(number, VisionState.STARTING, reason, detail);
            WorkerEnd end = new WorkerLoop(parts, number, selector, this::ready).live(() -> isClosing);
            isReady = false;
            if (end.cause() == Cause.CLOSED) {
                break;
            }
            reason = end.reason();
            detail = end.detail();
            LOG.warn("vision worker={} ended reason={}: {}", number, reason, detail);
            parts.states().onState(number, VisionState.DOWN, reason, detail);
            parts.observer().onRestart(number, reason);
            await(backoff.next());
        }
        parts.states().onState(number, VisionState.CLOSED, "closed", "");
    }

    private void ready() {
        isReady = true;
        backoff.reset();
        parts.states().onState(number, VisionState.READY, "started", "");
    }

    /** Waits until it is time for the next life. */
    private void await(Duration wait) {
        long until = parts.time().steadyNanos() + wait.toNanos();
        try {
            while (!isClosing && parts.time().steadyNanos() - until < 0) {
                long leftMillis =
                        Duration.ofNanos(until - parts.time().steadyNanos()).toMillis();
                selector.select(Math.clamp(leftMillis, 1, TICK_MILLIS));
                parts.expire();
            }
        } catch (IOException e) {
            LOG.warn("vision worker={} cannot wait", number, e);
        }
    }

    /** Ends the worker and its thread. */
    @Override
    public void close() throws IOException {
        isClosing = true;
        selector.wakeup();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        selector.close();
    }
}
