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
import io.fengsui.edge.vision.model.GoldenPicture;
import io.fengsui.edge.vision.model.ModelPackage;
import io.fengsui.edge.vision.wire.FromWorker.Detected;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The vision workers of an agent: takes looks and requests for pictures, hands them to child processes, starts those anew
 * when they end. All workers together have at most one job more than they have threads, so what waits, waits here, where
 * it can be replaced. Thread-safe.
 */
public final class VisionPool implements LookSink, SnapshotSource, AutoCloseable {
    private final TimeSource time;
    private final VisionObserver observer;
    private final Accusations accusations = new Accusations();
    private final JobQueue queue;
    private final JobDesk desk;
    private final List<Worker> workers = new ArrayList<>();

    /** Where a pool's results and news go. */
    public record Outlets(LookedPictureSink pictures, VisionStateSink states, VisionObserver observer) {}

    /** @throws IOException when the system gives no selector */
    public VisionPool(VisionSettings settings, ModelPackage model, Outlets outlets, TimeSource time)
            throws IOException {
        this.time = time;
        this.observer = outlets.observer();
        this.queue = new JobQueue(settings.workers() * settings.inferThreads() + 1);
        this.desk = new JobDesk(model.manifest().model(), outlets.pictures(), observer, accusations);
        Worker.Parts parts = new Worker.Parts(settings, queue, desk, outlets.states(), observer, time);
        for (int i = 0; i < settings.workers(); i++) {
            workers.add(new Worker(i, parts));
        }
    }

    /** Starts the workers; looks are taken before they are ready. */
    public void start() {
        workers.forEach(Worker::start);
    }

    @Override
    public void onLook(Look look) {
        long now = time.steadyNanos();
        if (accusations.isQuarantined(look.camera(), now)) {
            observer.onDrop(look.camera(), VisionDropReason.QUARANTINED);
            look.release();
            return;
        }
        queue.offer(new LookJob(look, now)).ifPresent(desk::dropped);
        wake();
    }

    @Override
    public CompletableFuture<byte[]> snapshot(SnapshotJob job) {
        CompletableFuture<byte[]> jpeg = new CompletableFuture<>();
        request(new PictureJob(job, jpeg, time.steadyNanos()));
        return jpeg;
    }

    /** Has the detector look at a golden picture: for admission and checks. */
    public CompletableFuture<Detected> look(GoldenPicture picture) {
        CompletableFuture<Detected> found = new CompletableFuture<>();
        request(new GoldenJob(picture, found, time.steadyNanos()));
        return found;
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
            workers.forEach(Worker::wake);
        }
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
        return workers.stream().filter(Worker::isReady).count();
    }

    /** Ends the workers; what waits, ends as closed. */
    @Override
    public void close() throws IOException {
        List<Job> left = queue.close();
        for (Worker worker : workers) {
            worker.close();
        }
        left.forEach(job -> desk.dropped(job, VisionDropReason.CLOSED, "the pool was closed"));
    }
}
