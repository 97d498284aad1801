package io.fengsui.edge.vision.pool;

import io.fengsui.edge.vision.Job;
import io.fengsui.edge.vision.Job.LookJob;
import io.fengsui.edge.vision.JobDesk;
import io.fengsui.edge.vision.JobQueue;
import io.fengsui.edge.vision.VisionObserver;
import io.fengsui.edge.vision.VisionSettings;
import io.fengsui.edge.vision.pool.WorkerEnd.Cause;
import io.fengsui.edge.vision.wire.FromWorker;
import io.fengsui.edge.vision.wire.FromWorker.Heartbeat;
import io.fengsui.edge.vision.wire.FromWorker.LoadFailed;
import io.fengsui.edge.vision.wire.FromWorker.Outcome;
import io.fengsui.edge.vision.wire.FromWorker.Ready;
import io.fengsui.edge.vision.wire.FromWorker.Skipped;
import io.fengsui.edge.vision.wire.SkipReason;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of one worker process, without blocking. Confined to {@code vision-io}.
 *
 * <pre>
 * starting ──Ready──► ready ──exit, timeout, silence, memory, dismissal──► ended
 *     └───refused, timeout, exit──────────────────────────────────────────────┘
 * </pre>
 */
final class WorkerLife {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerLife.class);

    private static final long MIB = 1 << 20;

    /** What all lives share. */
    record Parts(VisionSettings settings, JobQueue queue, JobDesk desk, VisionObserver observer, TimeSource time) {}

    private record InFlight(Job job, long sentNanos) {}

    private final int number;
    private final ModelChoice choice;
    private final Parts parts;
    private final Selector selector;
    private final Followed followed = new Followed();
    private final Map<Long, InFlight> inFlight = new LinkedHashMap<>();
    private final Pulse pulse;
    private @Nullable WorkerProcess process;
    private @Nullable SelectionKey door;
    private @Nullable WorkerLink link;
    private @Nullable WorkerEnd end;
    private boolean isReady;
    private boolean isTired;
    private long nextJob = 1;
    private long startedNanos;
    private long readyNanos;

    WorkerLife(int number, ModelChoice choice, Parts parts, Selector selector) {
        this.number = number;
        this.choice = choice;
        this.parts = parts;
        this.selector = selector;
        this.startedNanos = parts.time().steadyNanos();
        this.pulse = new Pulse(startedNanos);
        try {
            WorkerProcess started = WorkerProcess.start(number, choice.settings());
            started.onExit(selector::wakeup);
            process = started;
            door = started.door().register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException e) {
            endWith(Cause.NOT_STARTED, e.toString());
        }
    }

    int number() {
        return number;
    }

    ModelChoice choice() {
        return choice;
    }

    boolean isReady() {
        return isReady && end == null;
    }

    /** Whether it holds so much memory that another should take its place. */
    boolean isTired() {
        return isTired;
    }

    @Nullable
    WorkerEnd end() {
        return end;
    }

    int inFlight() {
        return inFlight.size();
    }

    /** Whether it has a job that ended a worker before: nothing else goes with that one. */
    boolean isAlone() {
        return inFlight.values().stream().anyMatch(sent -> sent.job() instanceof LookJob look && look.deaths() > 0);
    }

    boolean follows(String camera) {
        return followed.knows(camera);
    }

    /** Time since it became ready; zero before. */
    Duration served() {
        return isReady ? Duration.ofNanos(parts.time().steadyNanos() - readyNanos) : Duration.ZERO;
    }

    /** Reads and writes what is there, and sees to its time limits. */
    void turn() {
        WorkerProcess running = process;
        if (end != null || running == null) {
            return;
        }
        try {
            if (link == null) {
                accept(running);
            } else {
                exchange(link, running);
            }
        } catch (IOException e) {
            running.awaitExit(1000);
            endWith(running.isAlive() ? Cause.PROTOCOL : exitCause(running), running.exit() + ", " + e.getMessage());
        }
        check(running);
    }

    private void accept(WorkerProcess running) throws IOException {
        SocketChannel channel = running.door().accept();
        if (channel != null) {
            if (door != null) {
                door.cancel();
            }
            link = new WorkerLink(channel, selector);
        }
    }

    private void exchange(WorkerLink worker, WorkerProcess running) throws IOException {
        worker.flush();
        List<FromWorker> messages = worker.read();
        if (messages == null) {
            running.awaitExit(1000);
            endWith(exitCause(running), running.exit());
            return;
        }
        for (FromWorker message : messages) {
            hear(message);
        }
    }

    private static Cause exitCause(WorkerProcess running) {
        return running.wasKilled() ? Cause.KILLED : Cause.EXITED;
    }

    private void hear(FromWorker message) throws IOException {
        long now = parts.time().steadyNanos();
        pulse.heard(now);
        switch (message) {
            case Ready ready -> {
                isReady = true;
                readyNanos = now;
                LOG.info(
                        "vision worker={} pid={} is ready after {} ms with model={} version={} threads={} ({})",
                        number,
                        ready.pid(),
                        Duration.ofNanos(now - startedNanos).toMillis(),
                        ready.model(),
                        ready.version(),
                        ready.inferThreads(),
                        ready.libraries());
            }
            case LoadFailed failed -> endWith(Cause.MODEL_REFUSED, failed.detail());
            case Heartbeat beat -> beat(beat.rssBytes() / MIB);
            case Outcome outcome -> outcome(outcome, now);
        }
    }

    private void beat(long rssMiB) {
        long limit = parts.settings().limits().maxRssMiB();
        if (rssMiB > limit + limit / 4) {
            endWith(Cause.MEMORY, "holds " + rssMiB + " MiB");
        } else if (rssMiB > limit && !isTired) {
            isTired = true;
            LOG.info("vision worker={} holds {} MiB: another will take its place", number, rssMiB);
        }
    }

    private void outcome(Outcome outcome, long now) throws IOException {
        InFlight sent = inFlight.remove(outcome.job());
        if (sent == null) {
            endWith(Cause.PROTOCOL, "answered job " + outcome.job() + ", which it does not have");
            return;
        }
        if (outcome instanceof Skipped skipped) {
            followed.forget(sent.job().camera());
            if (skipped.reason() == SkipReason.DECODER_GONE) {
                send(sent.job());
                return;
            }
        }
        parts.queue().release(sent.job());
        parts.desk().answered(sent.job(), outcome, choice.inUse(), sent.sentNanos(), now);
    }

    /** Sends a job that the queue gave. */
    void send(Job job) throws IOException {
        WorkerLink worker = link;
        if (worker == null) {
            throw new IOException("the worker is not connected");
        }
        long id = nextJob++;
        inFlight.put(id, new InFlight(job, parts.time().steadyNanos()));
        worker.send(job instanceof LookJob look ? followed.toWire(look, id) : job.toWire(id));
    }

    private void check(WorkerProcess running) {
        long now = parts.time().steadyNanos();
        pulse.turn(now);
        if (!isReady && now - startedNanos > parts.settings().limits().start().toNanos()) {
            endWith(
                    Cause.START_TIMEOUT,
                    "was not ready within " + parts.settings().limits().start());
        } else if (inFlight.values().stream().anyMatch(job -> isOverdue(job, now))) {
            endWith(
                    Cause.JOB_TIMEOUT,
                    "did not end a job within " + parts.settings().limits().job());
        } else if (isReady && pulse.isSilent(now, running::isStopped)) {
            endWith(Cause.SILENT, "gave no sign of life for " + pulse.silence(now));
        } else if (link == null && !running.isAlive()) {
            endWith(exitCause(running), running.exit());
        }
    }

    private boolean isOverdue(InFlight job, long now) {
        return now - job.sentNanos() > parts.settings().limits().job().toNanos();
    }

    void endWith(Cause cause, String detail) {
        if (end == null) {
            end = new WorkerEnd(cause, detail);
        }
    }

    /** Ends the process for certain; returns the jobs that it still had, and whether each may be to blame. */
    List<Left> bury() {
        long now = parts.time().steadyNanos();
        boolean isTimeout = end != null && end.cause() == Cause.JOB_TIMEOUT;
        List<Left> left = new ArrayList<>();
        inFlight.values().forEach(job -> left.add(new Left(job.job(), !isTimeout || isOverdue(job, now))));
        inFlight.clear();
        try {
            if (link != null) {
                link.close();
            }
            if (process != null) {
                if (end != null && end.cause() == Cause.CLOSED) {
                    process.awaitExit(1000);
                }
                process.close();
            }
        } catch (IOException e) {
            LOG.debug("vision worker={} was not left in order", number, e);
        }
        return left;
    }

    /**
     * A job that outlived its worker.
     *
     * @param isSuspect whether it was being worked on when a crash came
     */
    record Left(Job job, boolean isSuspect) {}
}
