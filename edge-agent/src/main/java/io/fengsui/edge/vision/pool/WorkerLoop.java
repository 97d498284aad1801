package io.fengsui.edge.vision.pool;

import io.fengsui.edge.vision.Job;
import io.fengsui.edge.vision.JobDesk;
import io.fengsui.edge.vision.JobQueue;
import io.fengsui.edge.vision.VisionDropReason;
import io.fengsui.edge.vision.VisionSettings;
import io.fengsui.edge.vision.pool.WorkerEnd.Cause;
import io.fengsui.edge.vision.wire.FromWorker;
import io.fengsui.edge.vision.wire.FromWorker.Heartbeat;
import io.fengsui.edge.vision.wire.FromWorker.LoadFailed;
import io.fengsui.edge.vision.wire.FromWorker.Outcome;
import io.fengsui.edge.vision.wire.FromWorker.Ready;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of one worker: started, connected, ready, fed with jobs, ended. Confined to its {@code vision-io} thread.
 *
 * <pre>
 * starting ──Ready──► ready ──exit, timeout, silence, memory──► ended
 *     └───refused, timeout, exit──────────────────────────────────┘
 * </pre>
 */
final class WorkerLoop {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerLoop.class);
    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final long TICK_MILLIS = 200;

    private record InFlight(Job job, long sentNanos) {}

    private final int number;
    private final Worker.Parts parts;
    private final VisionSettings settings;
    private final JobQueue queue;
    private final JobDesk desk;
    private final TimeSource time;
    private final Runnable onReady;
    private final Selector selector;
    private final Map<Long, InFlight> inFlight = new LinkedHashMap<>();
    private @Nullable WorkerLink link;
    private long nextJob = 1;
    private boolean isReady;
    private long heardNanos;
    private @Nullable WorkerEnd end;

    WorkerLoop(Worker.Parts parts, int number, Selector selector, Runnable onReady) {
        this.number = number;
        this.parts = parts;
        this.settings = parts.settings();
        this.queue = parts.queue();
        this.desk = parts.desk();
        this.time = parts.time();
        this.onReady = onReady;
        this.selector = selector;
    }

    /** Runs one life; every job that it took has ended when this returns. */
    WorkerEnd live(BooleanSupplier isClosing) {
        try (WorkerProcess process = WorkerProcess.start(number, settings)) {
            process.onExit(selector::wakeup);
            SelectionKey door = process.door().register(selector, SelectionKey.OP_ACCEPT);
            heardNanos = time.steadyNanos();
            long startedNanos = heardNanos;
            while (end == null) {
                selector.select(TICK_MILLIS);
                selector.selectedKeys().clear();
                if (link == null) {
                    accept(process, door);
                } else {
                    exchange(link, process);
                }
                check(process, startedNanos, isClosing.getAsBoolean());
                parts.expire();
            }
            if (link != null) {
                link.close();
                if (end.cause() == Cause.CLOSED) {
                    process.awaitExit(1000);
                }
            }
        } catch (IOException e) {
            if (end == null) {
                end = new WorkerEnd(Cause.NOT_STARTED, e.toString());
            }
        }
        WorkerEnd ended = end == null ? new WorkerEnd(Cause.NOT_STARTED, "unknown") : end;
        settle(ended);
        return ended;
    }

    private void accept(WorkerProcess process, SelectionKey door) throws IOException {
        SocketChannel channel = process.door().accept();
        if (channel != null) {
            door.cancel();
            link = new WorkerLink(channel, selector);
        }
    }

    private void exchange(WorkerLink worker, WorkerProcess process) {
        try {
            worker.flush();
            List<FromWorker> messages = worker.read();
            if (messages == null) {
                process.awaitExit(1000);
                endWith(Cause.EXITED, process.exit());
                return;
            }
            messages.forEach(this::hear);
            feed(worker);
        } catch (IOException e) {
            process.awaitExit(1000);
            endWith(process.isAlive() ? Cause.PROTOCOL : Cause.EXITED, process.exit() + ", " + e.getMessage());
        }
    }

    private void hear(FromWorker message) {
        heardNanos = time.steadyNanos();
        switch (message) {
            case Ready ready -> {
                isReady = true;
                LOG.info(
                        "vision worker={} pid={} serves model={} version={} threads={} ({})",
                        number,
                        ready.pid(),
                        ready.model(),
                        ready.version(),
                        ready.inferThreads(),
                        ready.libraries());
                onReady.run();
            }
            case LoadFailed failed -> endWith(Cause.MODEL_REFUSED, failed.detail());
            case Heartbeat beat -> {
                if (beat.rssBytes() >> 20 > settings.limits().maxRssMiB()) {
                    endWith(Cause.MEMORY, "holds " + (beat.rssBytes() >> 20) + " MiB");
                }
            }
            case Outcome outcome -> {
                InFlight job = inFlight.remove(outcome.job());
                if (job == null) {
                    endWith(Cause.PROTOCOL, "answered job " + outcome.job() + ", which it does not have");
                } else {
                    queue.release();
                    desk.answered(job.job(), outcome, job.sentNanos(), heardNanos);
                }
            }
        }
    }

    private void feed(WorkerLink worker) throws IOException {
        while (isReady && end == null && inFlight.size() <= settings.inferThreads()) {
            JobQueue.Polled polled = queue.poll(time.steadyNanos(), settings.maxFrameAge());
            polled.dropped().forEach(desk::dropped);
            Optional<Job> job = polled.job();
            if (job.isEmpty()) {
                return;
            }
            long id = nextJob++;
            inFlight.put(id, new InFlight(job.get(), time.steadyNanos()));
            worker.send(job.get().toWire(id));
        }
    }

    private void check(WorkerProcess process, long startedNanos, boolean isClosing) {
        long now = time.steadyNanos();
        if (isClosing) {
            endWith(Cause.CLOSED, "the pool was closed");
        } else if (!isReady && now - startedNanos > settings.limits().start().toNanos()) {
            endWith(
                    Cause.START_TIMEOUT,
                    "was not ready within " + settings.limits().start());
        } else if (inFlight.values().stream().anyMatch(job -> isOverdue(job, now))) {
            endWith(
                    Cause.JOB_TIMEOUT,
                    "did not end a job within " + settings.limits().job());
        } else if (isReady && now - heardNanos > SILENCE.toNanos()) {
            endWith(Cause.SILENT, "gave no sign of life for " + SILENCE);
        } else if (link == null && !process.isAlive()) {
            endWith(Cause.EXITED, process.exit());
        }
    }

    private boolean isOverdue(InFlight job, long now) {
        return now - job.sentNanos() > settings.limits().job().toNanos();
    }

    private void endWith(Cause cause, String detail) {
        if (end == null) {
            end = new WorkerEnd(cause, detail);
        }
    }

    /** Ends each job that the worker still had. */
    private void settle(WorkerEnd ended) {
        long now = time.steadyNanos();
        for (InFlight job : inFlight.values()) {
            queue.release();
            switch (ended.cause()) {
                case CLOSED -> desk.dropped(job.job(), VisionDropReason.CLOSED, ended.detail());
                case JOB_TIMEOUT ->
                    desk.lost(
                            job.job(),
                            isOverdue(job, now) ? VisionDropReason.TIMEOUT : VisionDropReason.CRASH,
                            isOverdue(job, now),
                            ended.detail(),
                            now);
                case EXITED, PROTOCOL ->
                    desk.lost(job.job(), VisionDropReason.CRASH, true, "the worker ended: " + ended.detail(), now);
                case SILENT, MEMORY, START_TIMEOUT, MODEL_REFUSED, NOT_STARTED ->
                    desk.lost(job.job(), VisionDropReason.CRASH, false, "the worker was ended: " + ended.detail(), now);
            }
        }
        inFlight.clear();
    }
}
