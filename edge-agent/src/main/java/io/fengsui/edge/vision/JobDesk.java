package io.fengsui.edge.vision;

import io.fengsui.edge.gate.luma.LumaPicture;
import io.fengsui.edge.vision.Charge.Work;
import io.fengsui.edge.vision.Job.GoldenJob;
import io.fengsui.edge.vision.Job.LookJob;
import io.fengsui.edge.vision.Job.PictureJob;
import io.fengsui.edge.vision.LookedPicture.Timing;
import io.fengsui.edge.vision.wire.FromWorker.Detected;
import io.fengsui.edge.vision.wire.FromWorker.LumaTaken;
import io.fengsui.edge.vision.wire.FromWorker.Outcome;
import io.fengsui.edge.vision.wire.FromWorker.Skipped;
import io.fengsui.edge.vision.wire.FromWorker.SnapshotTaken;
import io.fengsui.protocol.link.ModelInUse;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings outcomes to whoever waits for them, counts, and tells of cameras that are left out. Thread-safe; called on {@code
 * vision-io}, but for looks that are dropped.
 */
public final class JobDesk {
    private static final Logger LOG = LoggerFactory.getLogger(JobDesk.class);

    private final LookedPictureSink sink;
    private final VisionObserver observer;
    private final VisionStateSink states;
    private final Accusations accusations;

    public JobDesk(LookedPictureSink sink, VisionObserver observer, VisionStateSink states, Accusations accusations) {
        this.sink = sink;
        this.observer = observer;
        this.states = states;
        this.accusations = accusations;
    }

    /** A job ended with an answer. */
    public void answered(Job job, Outcome outcome, ModelInUse model, long sentNanos, long nowNanos) {
        boolean isDecoded = !(outcome instanceof Skipped);
        accusations.survived(job.camera(), work(job), isDecoded, nowNanos).ifPresent(this::tell);
        try {
            deliver(job, outcome, model, sentNanos, nowNanos);
        } finally {
            job.release();
        }
    }

    private void deliver(Job job, Outcome outcome, ModelInUse model, long sentNanos, long nowNanos) {
        switch (outcome) {
            case Detected detected -> detected(job, detected, model, sentNanos);
            case SnapshotTaken taken
            when job instanceof PictureJob picture -> {
                observer.onSnapshot(picture.camera(), nowNanos - picture.sinceNanos(), taken.pictures());
                picture.jpeg().complete(taken.jpeg());
            }
            case SnapshotTaken _ -> job.fail("the worker answered with a JPEG that was not asked for");
            case LumaTaken taken when job instanceof LookJob look -> luma(look, taken);
            case LumaTaken _ -> job.fail("the worker answered with a small picture that was not asked for");
            case Skipped skipped -> {
                observer.onSkip(job.camera(), skipped.reason());
                job.fail(skipped.reason() + ": " + skipped.detail());
            }
        }
    }

    private void detected(Job job, Detected detected, ModelInUse model, long sentNanos) {
        switch (job) {
            case LookJob look -> looked(look, detected, model, sentNanos);
            case GoldenJob golden -> golden.found().complete(detected);
            case PictureJob _ -> job.fail("the worker answered with detections instead of a JPEG");
        }
    }

    private void luma(LookJob job, LumaTaken taken) {
        observer.onLuma(job.camera(), taken);
        try {
            sink.onLuma(job.look(), new LumaPicture(taken.luma(), taken.chroma()));
        } catch (RuntimeException | Error e) {
            observer.onFailure();
            LOG.error("small picture of camera={} was lost in the gate", job.camera(), e);
        }
    }

    private void looked(LookJob job, Detected detected, ModelInUse model, long sentNanos) {
        long waited = sentNanos - job.sinceNanos();
        Timing timing = new Timing(
                waited, detected.spent().decodeNanos(), detected.spent().detectNanos());
        LookedPicture picture = new LookedPicture(
                job.look().kept(), detected.width(), detected.height(), detected.detections(), model, timing);
        observer.onLooked(job.camera(), waited, detected);
        boolean isTaken;
        try {
            isTaken = sink.offer(picture);
        } catch (RuntimeException | Error e) {
            observer.onFailure();
            LOG.error("looked picture of camera={} was lost in the next stage", job.camera(), e);
            isTaken = false;
        }
        if (!isTaken) {
            observer.onDrop(job.camera(), VisionDropReason.REFUSED);
        }
    }

    /** A worker ended while it had this job; the cause of that may be its camera. */
    public void accuse(Job job, ModelInUse model, long nowNanos) {
        if (!job.camera().isEmpty()) {
            observer.onAccused(job.camera(), model);
            accusations.accuse(job.camera(), work(job), job.stream(), nowNanos).ifPresent(this::tell);
        }
    }

    private static Work work(Job job) {
        return switch (job) {
            case LookJob look ->
                switch (look.look().reason().aim()) {
                    case LUMA -> Work.PICTURE;
                    case DETECT, NOTHING -> Work.DETECTION;
                };
            case PictureJob _ -> Work.PICTURE;
            case GoldenJob _ -> Work.DETECTION;
        };
    }

    /** Time passes: cameras may be looked at again. */
    public void turn(long nowNanos) {
        Accusations.Passed passed = accusations.pass(nowNanos);
        passed.ended().forEach(this::tell);
        passed.tried().forEach(this::onTrial);
    }

    /** Another model serves: what was charged to cameras may have been the former's doing. */
    public void onModel(long nowNanos) {
        accusations.reopenAll(nowNanos).forEach(this::onTrial);
    }

    /** Why jobs of this camera are to be dropped; empty when they are not. */
    public Optional<String> refusal(Job job, long nowNanos) {
        return accusations.refusal(job.camera(), nowNanos);
    }

    private void tell(Quarantine quarantine) {
        LOG.warn(
                "camera={} quarantine={}: {}",
                quarantine.camera(),
                quarantine.cause().label(),
                quarantine.detail());
        guarded(quarantine.camera(), () -> states.onQuarantine(quarantine));
    }

    private void onTrial(String camera) {
        guarded(camera, () -> states.onTrial(camera));
    }

    /** Whoever is told must not keep the jobs of a worker that ended from being seen to. */
    private static void guarded(String camera, Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException | Error e) {
            LOG.error("quarantine of camera={} was not told", camera, e);
        }
    }

    /** A job ended without having been at a worker. */
    public void dropped(Job job, VisionDropReason reason, String why) {
        if (job instanceof LookJob) {
            observer.onDrop(job.camera(), reason);
        }
        if (reason == VisionDropReason.QUARANTINED) {
            job.refuse(why);
        } else {
            job.fail(why);
        }
        job.release();
    }

    /** A look that the queue let go of. */
    public void dropped(JobQueue.Dropped dropped) {
        observer.onDrop(dropped.look().camera(), dropped.reason());
        dropped.look().release();
    }
}
