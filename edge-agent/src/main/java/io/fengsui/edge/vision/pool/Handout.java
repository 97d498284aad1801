package io.fengsui.edge.vision.pool;

import io.fengsui.edge.vision.Job;
import io.fengsui.edge.vision.Job.LookJob;
import io.fengsui.edge.vision.JobQueue;
import io.fengsui.edge.vision.pool.WorkerEnd.Cause;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hands what waits to the lives that serve: a camera's looks go to the life that has its decoder, and what may have ended a
 * life goes alone. Confined to {@code vision-io}.
 */
final class Handout {
    /** A look waits so long for the worker that has its camera's decoder. */
    private static final Duration LOYALTY = Duration.ofMillis(200);

    private final WorkerLife.Parts parts;
    private final Aftermath aftermath;

    Handout(WorkerLife.Parts parts, Aftermath aftermath) {
        this.parts = parts;
        this.aftermath = aftermath;
    }

    /** Gives every life that is ready as much as it may have; a life that does not take it has ended. */
    void feed(@Nullable WorkerLife[] seats) {
        for (WorkerLife life : seats) {
            if (life != null && life.isReady()) {
                try {
                    feed(life, seats);
                } catch (IOException e) {
                    life.endWith(Cause.PROTOCOL, String.valueOf(e.getMessage()));
                }
            }
        }
    }

    private void feed(WorkerLife life, @Nullable WorkerLife[] seats) throws IOException {
        if (aftermath.hasSuspects()) {
            // Alone, so that it is clear who is to blame.
            if (life.inFlight() == 0) {
                life.send(aftermath.nextSuspect());
            }
            return;
        }
        while (life.inFlight() <= parts.settings().inferThreads() && life.end() == null && !life.isAlone()) {
            long now = parts.time().steadyNanos();
            JobQueue.Polled polled =
                    parts.queue().poll(now, parts.settings().maxFrameAge(), job -> isFor(life, seats, job, now));
            polled.dropped().forEach(parts.desk()::dropped);
            Optional<Job> job = polled.job();
            if (job.isEmpty()) {
                return;
            }
            if (!aftermath.isRefused(job.get())) {
                life.send(job.get());
            }
        }
    }

    private static boolean isFor(WorkerLife life, @Nullable WorkerLife[] seats, LookJob job, long now) {
        if (seats.length == 1 || life.follows(job.camera()) || now - job.sinceNanos() > LOYALTY.toNanos()) {
            return true;
        }
        for (WorkerLife other : seats) {
            if (other != null && other != life && other.isReady() && other.follows(job.camera())) {
                return false;
            }
        }
        return true;
    }
}
