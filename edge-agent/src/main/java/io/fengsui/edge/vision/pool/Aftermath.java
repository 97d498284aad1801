package io.fengsui.edge.vision.pool;

import io.fengsui.edge.vision.Job;
import io.fengsui.edge.vision.Job.LookJob;
import io.fengsui.edge.vision.VisionDropReason;
import io.fengsui.edge.vision.pool.WorkerEnd.Cause;
import io.fengsui.edge.vision.pool.WorkerLife.Left;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the jobs of a worker that ended, and who is to blame. Jobs go to another worker; after a crash each goes
 * alone, so that the second time it is clear which one it was. Confined to {@code vision-io}.
 */
final class Aftermath {
    /** A look that was there when so many workers ended does not get another. */
    private static final int MAX_DEATHS = 2;

    private final WorkerLife.Parts parts;
    private final Deque<LookJob> suspects = new ArrayDeque<>();
    private final ModelTrial trial = new ModelTrial();

    Aftermath(WorkerLife.Parts parts) {
        this.parts = parts;
    }

    /**
     * Ends the process for certain; returns what it still had.
     *
     * @param serving a camera is not charged with the end of a life that has another model: that may be to blame
     */
    List<Left> bury(WorkerLife life, ModelChoice serving) {
        boolean isServing = life.choice().equals(serving);
        List<Left> left = life.bury();
        WorkerEnd end = life.end();
        for (Left one : left) {
            boolean isSuspect = end != null && end.isCrash() && one.isSuspect();
            if (isSuspect && isServing) {
                parts.desk()
                        .accuse(one.job(), life.choice().inUse(), parts.time().steadyNanos());
            }
            salvage(one.job(), isSuspect, end);
        }
        return left;
    }

    private void salvage(Job job, boolean isSuspect, @Nullable WorkerEnd end) {
        String why = "the worker ended: " + (end == null ? "" : end.detail());
        boolean isTimeout = isSuspect && end != null && end.cause() == Cause.JOB_TIMEOUT;
        if (isRefused(job)) {
            return;
        }
        if (isTimeout) {
            drop(job, VisionDropReason.TIMEOUT, why);
        } else if (job instanceof LookJob look && look.deaths() + 1 >= MAX_DEATHS || job instanceof Job.GoldenJob) {
            drop(job, VisionDropReason.CRASH, why);
        } else if (!isSuspect) {
            parts.queue().takeBack(job).ifPresent(parts.desk()::dropped);
        } else if (job instanceof LookJob look) {
            suspects.add(look.again());
        } else {
            drop(job, VisionDropReason.CRASH, why);
        }
    }

    /** Drops a job that has a credit if its camera is left out. */
    boolean isRefused(Job job) {
        Optional<String> refusal = parts.desk().refusal(job, parts.time().steadyNanos());
        refusal.ifPresent(why -> drop(job, VisionDropReason.QUARANTINED, why));
        return refusal.isPresent();
    }

    private void drop(Job job, VisionDropReason reason, String why) {
        parts.queue().release(job);
        parts.desk().dropped(job, reason, why);
    }

    /** Whether this end is one too many for the model that serves. */
    boolean isModelGuilty(WorkerEnd end, List<Left> left, boolean isNew) {
        if (!end.isCrash()) {
            return false;
        }
        Set<String> cameras = new HashSet<>();
        left.stream()
                .filter(Left::isSuspect)
                .forEach(one -> cameras.add(one.job().camera()));
        return trial.crashed(cameras, isNew, parts.time().steadyNanos());
    }

    void newModel() {
        trial.clear();
        parts.desk().onModel(parts.time().steadyNanos());
    }

    /** Whether a look waits that goes to a worker alone. */
    boolean hasSuspects() {
        suspects.removeIf(this::isRefused);
        return !suspects.isEmpty();
    }

    /** The next of them. */
    LookJob nextSuspect() {
        return suspects.remove();
    }

    void close() {
        suspects.forEach(job -> drop(job, VisionDropReason.CLOSED, "the pool was closed"));
        suspects.clear();
    }
}
