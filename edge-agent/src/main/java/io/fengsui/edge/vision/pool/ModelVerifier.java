package io.fengsui.edge.vision.pool;

import io.fengsui.edge.vision.VisionObserver;
import io.fengsui.edge.vision.VisionSettings;
import io.fengsui.edge.vision.VisionSettings.Folders;
import io.fengsui.edge.vision.VisionSettings.InputSize;
import io.fengsui.edge.vision.VisionState;
import io.fengsui.edge.vision.VisionStateSink;
import io.fengsui.edge.vision.model.BadModelException;
import io.fengsui.edge.vision.model.GoldenPicture;
import io.fengsui.edge.vision.model.ModelPackage;
import io.fengsui.edge.vision.pool.ModelReport.PictureReport;
import io.fengsui.edge.vision.pool.VisionPool.Outlets;
import io.fengsui.edge.vision.wire.FromWorker.Detected;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Checks a model package as it will be used: a worker of its own loads it and looks at its golden pictures. For {@code
 * edge-agent model verify} and for admission. Blocks its caller.
 */
public final class ModelVerifier {
    private static final int RUNS = 11;

    private ModelVerifier() {}

    /**
     * @param folder of the package
     * @param folders where the worker's socket goes and native libraries are unpacked; no other pool's
     * @throws BadModelException when the package, or the network in it, cannot be used at all
     * @throws IOException when no worker could be started, or it died
     */
    public static ModelReport verify(Path folder, Folders folders) throws BadModelException, IOException {
        ModelPackage model = ModelPackage.load(folder);
        List<GoldenPicture> golden = model.readGolden();
        // Golden pictures hold for the input size of the manifest.
        VisionSettings settings = new VisionSettings(
                folder, InputSize.OF_THE_MODEL, 1, 1, Duration.ofMinutes(1), VisionSettings.Limits.DEFAULT, folders);
        CompletableFuture<Void> ended = new CompletableFuture<>();
        VisionStateSink states = (_, state, reason, detail) -> {
            if (state == VisionState.DOWN) {
                ended.completeExceptionally(
                        reason.equals("model_refused")
                                ? new BadModelException(detail)
                                : new IOException("the vision worker ended, " + reason + ": " + detail));
            }
        };
        Outlets outlets = new Outlets(_ -> true, states, VisionObserver.NONE);
        try (VisionPool pool = new VisionPool(settings, model, outlets, TimeSource.system())) {
            pool.start();
            List<PictureReport> reports = new ArrayList<>();
            for (GoldenPicture picture : golden) {
                reports.add(report(pool, picture, ended));
            }
            return new ModelReport(model.manifest().model(), reports);
        }
    }

    private static PictureReport report(VisionPool pool, GoldenPicture picture, CompletableFuture<Void> ended)
            throws BadModelException, IOException {
        List<Long> nanos = new ArrayList<>();
        Detected found = await(pool.look(picture), ended);
        for (int i = 0; i < RUNS; i++) {
            nanos.add(await(pool.look(picture), ended).spent().detectNanos());
        }
        nanos.sort(null);
        return new PictureReport(
                picture.name(),
                found.detections(),
                picture.differences(found.detections()),
                nanos.get(RUNS / 2),
                nanos.getLast());
    }

    private static Detected await(CompletableFuture<Detected> found, CompletableFuture<Void> ended)
            throws BadModelException, IOException {
        try {
            CompletableFuture.anyOf(found, ended).get(2, TimeUnit.MINUTES);
            return found.join();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case BadModelException bad -> throw bad;
                case IOException io -> throw io;
                case null, default -> throw new IOException("the check failed: " + e.getCause(), e);
            }
        } catch (TimeoutException e) {
            throw new IOException("the vision worker did not answer within two minutes", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
