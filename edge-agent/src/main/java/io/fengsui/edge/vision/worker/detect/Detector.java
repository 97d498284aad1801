package io.fengsui.edge.vision.worker.detect;

import ai.djl.inference.Predictor;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.TranslateException;
import io.fengsui.edge.vision.model.InputSpec;
import io.fengsui.edge.vision.wire.FromWorker.Spent;
import io.fengsui.edge.vision.worker.picture.PictureScaler;
import io.fengsui.protocol.value.Detection;
import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Finds things in pictures. Confined to one {@code infer} thread: predictor, scaler and tensor are its own. */
public final class Detector implements AutoCloseable {
    private final LoadedModel model;
    private final PictureScaler scaler = new PictureScaler();
    private final InputTensor tensor;
    private final Predictor<FloatBuffer, List<float[]>> predictor;

    public Detector(LoadedModel model) {
        this.model = model;
        this.tensor = new InputTensor(model.input());
        InputSpec input = model.input();
        List<String> outputs = model.manifest().family().outputs().stream()
                .map(role -> java.util.Objects.requireNonNull(
                        model.manifest().outputs().get(role)))
                .toList();
        this.predictor = model.network()
                .newPredictor(
                        new TensorTranslator(input.name(), new Shape(1, 3, input.height(), input.width()), outputs));
    }

    /** @param spent of the three steps; the time of decoding is the caller's */
    public record Found(List<Detection> detections, Spent spent) {}

    /** @throws IllegalStateException when the picture or the network's outputs are not as they must be */
    public Found detect(AVFrame picture, long decodeNanos) {
        long begun = System.nanoTime();
        Letterbox letterbox = Letterbox.fit(picture.width(), picture.height(), model.input());
        FloatBuffer input = tensor.fill(scaler.toBgr(picture, letterbox.width(), letterbox.height()), letterbox);
        long prepared = System.nanoTime();
        List<float[]> outputs = infer(input);
        long inferred = System.nanoTime();
        List<Candidate> candidates = model.reader()
                .read(outputs, model.input().width(), model.input().height());
        List<Detection> detections = NonMaximumSuppression.keep(
                        candidates, model.manifest().reading())
                .stream()
                .map(c -> detection(c, letterbox))
                .toList();
        long read = System.nanoTime();
        return new Found(detections, new Spent(decodeNanos, prepared - begun, inferred - prepared, read - inferred));
    }

    private List<float[]> infer(FloatBuffer input) {
        try {
            return predictor.predict(input);
        } catch (TranslateException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            throw new IllegalStateException(String.valueOf(root.getMessage()), e);
        }
    }

    private Detection detection(Candidate found, Letterbox letterbox) {
        return new Detection(
                model.labels().get(found.label()),
                found.score(),
                letterbox.toPicture(found.left(), found.top(), found.right(), found.bottom()),
                0);
    }

    /** One inference on nothing: the first is slow, and shows whether manifest and network fit. */
    public void warmUp() {
        InputSpec input = model.input();
        model.reader().read(infer(tensor.empty()), input.width(), input.height());
    }

    @Override
    public void close() {
        predictor.close();
        scaler.close();
    }
}
