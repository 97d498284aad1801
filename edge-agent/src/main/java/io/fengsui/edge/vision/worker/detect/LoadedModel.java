package io.fengsui.edge.vision.worker.detect;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.fengsui.edge.vision.model.BadModelException;
import io.fengsui.edge.vision.model.InputSpec;
import io.fengsui.edge.vision.model.ModelManifest;
import io.fengsui.edge.vision.model.ModelPackage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.opencv.global.opencv_core;

/**
 * A network in memory, shared by all threads that infer; each has its own {@link Detector}.
 *
 * <p>One thread within the network, several callers: on CPU that gives more pictures a second than threads within.
 */
public record LoadedModel(
        Model network, ModelManifest manifest, InputSpec input, List<String> labels, OutputReader reader)
        implements AutoCloseable {
    private static final String ENGINE = "OnnxRuntime";

    public static LoadedModel load(ModelPackage model, InputSpec input) throws BadModelException {
        byte[] bytes = model.readModel();
        // DJL's engine makes the one OrtEnvironment of the process and must be first to touch it.
        Engine engine = Engine.getEngine(ENGINE);
        Model network = Model.newInstance(model.manifest().model().name(), engine.getEngineName());
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            options.addConfigEntry("session.inter_op.allow_spinning", "0");
            network.load(new ByteArrayInputStream(bytes), Map.of("sessionOptions", options));
        } catch (OrtException | IOException | MalformedModelException | RuntimeException e) {
            network.close();
            throw new BadModelException(
                    model.folder().resolve(model.manifest().file()) + " is not taken by ONNX Runtime: " + root(e), e);
        }
        OutputReader reader = OutputReader.of(model.manifest(), model.labels().size());
        return new LoadedModel(network, model.manifest(), input, model.labels(), reader);
    }

    /** The same network for another size of input. */
    public LoadedModel resized(InputSpec other) {
        return new LoadedModel(network, manifest, other, labels, reader);
    }

    private static String root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /** Versions of the native libraries, for people. */
    public String libraries() {
        return "onnxruntime " + OrtEnvironment.getEnvironment().getVersion() + ", ffmpeg "
                + avutil.av_version_info().getString() + ", opencv " + opencv_core.CV_VERSION;
    }

    @Override
    public void close() {
        network.close();
    }
}
