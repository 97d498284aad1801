package io.fengsui.edge.vision.pool;

import io.fengsui.edge.gate.Look;
import io.fengsui.edge.gate.LookSink;
import io.fengsui.edge.vision.Accusations;
import io.fengsui.edge.vision.Job;
import io.fengsui.edge.vision.Job.GoldenJob;
import io.fengsui.edge.vision.Job.LookJob;
import io.fengsui.edge.vision.Job.PictureJob;
import io.fengsui.edge.vision.JobDesk;
import io.fengsui.edge.vision.JobQueue;
import io.fengsui.edge.vision.LookedPictureSink;
import io.fengsui.edge.vision.SnapshotJob;
import io.fengsui.edge.vision.SnapshotSource;
import io.fengsui.edge.vision.VisionDropReason;
import io.fengsui.edge.vision.VisionObserver;
import io.fengsui.edge.vision.VisionSettings;
import io.fengsui.edge.vision.VisionStateSink;
import io.fengsui.edge.vision.model.BadModelException;
import io.fengsui.edge.vision.model.GoldenPicture;
import io.fengsui.edge.vision.model.ModelPackage;
import io.fengsui.edge.vision.wire.FromWorker.Detected;
import io.fengsui.protocol.link.ModelInUse;
import io.fengsui.runtime.Progress;
import io.fengsui.runtime.RoleThreads;
import io.fengsui.runtime.Seldom;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The vision workers of an agent: takes looks and requests for pictures, hands them to child processes, starts those anew
 * when they end, and changes the model while they work. All workers together have at most one job more than they have
 * threads, so what waits, waits here, where it can be replaced. Thread-safe; the work is done on {@code vision-io}.
 */
public final class VisionPool implements LookSink, SnapshotSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VisionPool.class);
    private static final long TICK_MILLIS = 100;
    private static final long CLOSE_MILLIS = 5000;

    /** Longest that anyone waits for a request, workers or not. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TimeSource time;
    private final VisionSettings settings;
    private final VisionObserver observer;
    private final Accusations accusations = new Accusations();
    private final JobQueue queue;
    private final JobDesk desk;
    private final Selector selector;
    private final WorkerLife.Parts parts;
    private final Crew crew;
    private final Progress progress;
    private final Seldom seldom = new Seldom();
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private @Nullable ModelSwap swap;
    private volatile long ready;
    private volatile boolean isClosing;

    /** Where a pool's results and news go. */
    public record Outlets(LookedPictureSink pictures, VisionStateSink states, VisionObserver observer) {}

    /** @throws IOException when the system gives no selector */
    public VisionPool(VisionSettings settings, ModelPackage model, Outlets outlets, TimeSource time)
            throws IOException {
        this.time = time;
        this.settings = settings;
        this.observer = outlets.observer();
        this.queue = new JobQueue(settings.workers() * (settings.inferThreads() + 1));
        this.desk = new JobDesk(outlets.pictures(), observer, outlets.states(), accusations);
        this.selector = Selector.open();
        this.parts = new WorkerLife.Parts(settings, queue, desk, observer, time);
        this.crew = new Crew(parts, ModelChoice.of(model, settings), outlets.states(), selector);
        this.progress = new Progress("vision-io", time::steadyNanos);
        this.thread = RoleThreads.named(progress.thread(), this::run);
    }

    /** Whether its thread gets on; a worker that does not is another matter. */
    public Progress progress() {
        return progress;
    }

    /** Starts the workers; looks are taken before they are ready. */
    public void start() {
        thread.start();
    }

    private void run() {
        while (!isClosing) {
            progress.made();
            try {
                selector.select(TICK_MILLIS);
                selector.selectedKeys().clear();
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                crew.turn();
                if (swap != null && swap.turn()) {
                    swap = null;
                }
                ready = crew.ready();
                desk.turn(time.steadyNanos());
                expire();
            } catch (IOException | RuntimeException | Error e) {
                observer.onFailure();
                if (seldom.isDue(e.getClass().getName(), time.steadyNanos())) {
                    LOG.error("the vision workers' supervisor stumbled and goes on", e);
                }
            }
        }
        if (swap != null) {
            swap.close();
        }
        ready = 0;
        progress.ended();
        crew.close();
    }

    private void expire() {
        queue.expired(time.steadyNanos(), PATIENCE).forEach(job -> {
            job.fail("no vision worker was free within " + PATIENCE);
            job.release();
        });
    }

    @Override
    public void onLook(Look look) {
        long now = time.steadyNanos();
        if (accusations.isLeftOut(look.camera(), () -> Job.stream(look), now)) {
            observer.onDrop(look.camera(), VisionDropReason.QUARANTINED);
            look.release();
            return;
        }
        queue.offer(new LookJob(look, now)).ifPresent(desk::dropped);
        wake();
    }

    /** Fails at once for a camera that is left out: one worker more would end. */
    @Override
    public CompletableFuture<byte[]> snapshot(SnapshotJob job) {
        CompletableFuture<byte[]> jpeg = new CompletableFuture<>();
        PictureJob picture = new PictureJob(job, jpeg, time.steadyNanos());
        refusal(picture.camera())
                .ifPresentOrElse(
                        why -> desk.dropped(picture, VisionDropReason.QUARANTINED, why), () -> request(picture));
        return jpeg;
    }

    /** Has the detector look at a golden picture: for checks. */
    public CompletableFuture<Detected> look(GoldenPicture picture) {
        CompletableFuture<Detected> found = new CompletableFuture<>();
        request(new GoldenJob(picture, found, time.steadyNanos()));
        return found;
    }

    /**
     * Takes another model into use: a worker with it is started and proves itself, then takes over, and no camera is blind
     * meanwhile. Fails, and leaves everything as it is, when the model is refused; the message says why.
     */
    public CompletableFuture<ModelReport> use(ModelPackage next) {
        CompletableFuture<ModelReport> done = new CompletableFuture<>();
        List<GoldenPicture> golden;
        try {
            next.readModel();
            golden = next.readGolden();
        } catch (BadModelException e) {
            return CompletableFuture.failedFuture(e);
        }
        if (golden.isEmpty()) {
            return CompletableFuture.failedFuture(new IOException(
                    "model " + next.manifest().model().name() + " has no golden pictures, so it cannot prove itself"));
        }
        tasks.add(() -> beginSwap(next, golden, done));
        selector.wakeup();
        return done.whenComplete((report, failure) -> {
            if (report != null) {
                LOG.info(
                        "model={} version={} is in use",
                        report.model().name(),
                        report.model().version());
                observer.onModel(report.model(), next.folder(), "chosen");
            } else {
                LOG.warn("{}", failure.getMessage());
            }
        });
    }

    private void beginSwap(ModelPackage next, List<GoldenPicture> golden, CompletableFuture<ModelReport> done) {
        if (swap != null) {
            done.completeExceptionally(new IOException("another model is just being taken into use"));
        } else {
            swap = new ModelSwap(crew, parts, ModelChoice.of(next, settings), golden, done);
        }
    }

    private void request(Job job) {
        if (queue.offerRequest(job)) {
            wake();
        } else {
            job.fail("too many requests wait, or the pool is closed");
            job.release();
        }
    }

    private void wake() {
        if (queue.hasWork()) {
            selector.wakeup();
        }
    }

    /** The model that serves, or will as soon as its workers are ready. */
    public ModelInUse model() {
        return crew.model().inUse();
    }

    /**
     * Until when a camera is left out since its pictures ended workers, steady clock; not after now while it is tried again;
     * empty for one that is looked at.
     */
    public OptionalLong quarantinedUntil(String camera) {
        return accusations.blindUntil(camera, time.steadyNanos());
    }

    /** Why this camera is not looked at, for people; empty when it is. */
    public Optional<String> refusal(String camera) {
        return accusations.refusal(camera, time.steadyNanos());
    }

    /** What a camera sends may have been mended; returns whether its next look shows that. */
    public boolean tryAgain(String camera) {
        return accusations.reopen(camera, time.steadyNanos());
    }

    /** A camera is configured no more. */
    public void forget(String camera) {
        accusations.forget(camera);
    }

    /** Looks that wait for a worker. */
    public int waitingLooks() {
        return queue.waitingLooks();
    }

    /** Jobs that workers have. */
    public int inFlight() {
        return queue.inFlight();
    }

    /** Workers that take jobs. */
    public long readyWorkers() {
        return ready;
    }

    /** Ends the workers; what waits, ends as closed. */
    @Override
    public void close() throws IOException {
        List<Job> left = queue.close();
        isClosing = true;
        selector.wakeup();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        selector.close();
        left.forEach(job -> desk.dropped(job, VisionDropReason.CLOSED, "the pool was closed"));
    }
}
