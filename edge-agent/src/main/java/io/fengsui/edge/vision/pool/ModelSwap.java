package io.fengsui.edge.vision.pool;

import io.fengsui.edge.vision.Job.GoldenJob;
import io.fengsui.edge.vision.JobQueue;
import io.fengsui.edge.vision.model.GoldenPicture;
import io.fengsui.edge.vision.pool.ModelReport.PictureReport;
import io.fengsui.edge.vision.pool.WorkerEnd.Cause;
import io.fengsui.edge.vision.wire.FromWorker.Detected;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A model that wants to serve: a worker with it is started beside those that serve, shows that it finds what it must in its
 * golden pictures, fast enough, and only then takes over. Whatever goes wrong before leaves everything as it was. Confined
 * to {@code vision-io}.
 */
final class ModelSwap {
    private static final int RUNS = 7;

    private final Crew crew;
    private final JobQueue queue;
    private final TimeSource time;
    private final ModelChoice choice;
    private final long budgetNanos;
    private final List<GoldenPicture> golden;
    private final CompletableFuture<ModelReport> done;
    private final WorkerLife candidate;
    private final List<PictureReport> reports = new ArrayList<>();
    private final List<Long> nanos = new ArrayList<>();
    private @Nullable CompletableFuture<Detected> asked;

    /** Starts the candidate. */
    ModelSwap(
            Crew crew,
            WorkerLife.Parts parts,
            ModelChoice choice,
            List<GoldenPicture> golden,
            CompletableFuture<ModelReport> done) {
        this.crew = crew;
        this.queue = parts.queue();
        this.time = parts.time();
        this.choice = choice;
        this.budgetNanos = choice.settings().limits().detection().toNanos();
        this.golden = List.copyOf(golden);
        this.done = done;
        this.candidate = crew.candidate(choice);
    }

    /** Goes on as far as possible; returns whether it is over. */
    boolean turn() {
        candidate.turn();
        if (candidate.end() != null) {
            return refuse(candidate.end().detail());
        }
        try {
            return candidate.isReady() && (reports.size() == golden.size() ? decide() : prove());
        } catch (IOException | CompletionException e) {
            return refuse(String.valueOf(e.getMessage()));
        }
    }

    private boolean prove() throws IOException {
        GoldenPicture picture = golden.get(reports.size());
        if (asked == null) {
            asked = new CompletableFuture<>();
            queue.lend();
            candidate.send(new GoldenJob(picture, asked, time.steadyNanos()));
            return false;
        }
        if (!asked.isDone()) {
            return false;
        }
        Detected found = asked.join();
        asked = null;
        nanos.add(found.spent().detectNanos());
        if (nanos.size() > RUNS) {
            // The first is slower than all that follow.
            List<Long> sorted = nanos.subList(1, nanos.size()).stream().sorted().toList();
            reports.add(new PictureReport(
                    picture.name(),
                    found.detections(),
                    picture.differences(found.detections()),
                    sorted.get(RUNS / 2),
                    sorted.getLast()));
            nanos.clear();
        }
        return turn();
    }

    private boolean decide() {
        ModelReport report = new ModelReport(choice.inUse(), reports);
        if (!report.isGood()) {
            return refuse(
                    "it does not find what it must in its golden pictures:\n" + String.join("\n", report.lines()));
        }
        long worst =
                reports.stream().mapToLong(PictureReport::medianNanos).max().orElse(0);
        if (worst > budgetNanos) {
            return refuse("a detection takes " + worst / 1_000_000 + " ms, and "
                    + choice.settings().limits().detection().toMillis() + " ms are allowed");
        }
        crew.admit(candidate);
        done.complete(report);
        return true;
    }

    private boolean refuse(String why) {
        candidate.endWith(Cause.DISMISSED, why);
        crew.reject(candidate);
        done.completeExceptionally(new IOException("model " + choice.told() + " is not taken into use: " + why));
        return true;
    }

    /** The pool is closed. */
    void close() {
        refuse("the pool was closed");
    }
}
