package io.fengsui.benchmarks.cameras.sight;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/**
 * The standard detector for peers and for the reference: does it see a person or a vehicle in a picture of 320x180? Fed as the agent
 * feeds it (320x192, the picture in the middle), by direct buffers, one thread within the network. Confined to one thread; the session
 * is shared.
 */
public final class SightDetector implements AutoCloseable {
    public static final int WIDTH = 320;
    public static final int HEIGHT = 180;

    private static final int INPUT_HEIGHT = 192;
    private static final int TOP = (INPUT_HEIGHT - HEIGHT) / 2;
    private static final float LEAST_SCORE = 0.4f;
    private static final int LABELS = 80;
    /** Person, car, bus, truck in the order of COCO. */
    private static final int[] WANTED = {0, 2, 5, 7};

    private static final float[] MEAN = {103.53f, 116.28f, 123.675f};
    private static final float[] DEVIATION = {57.375f, 57.12f, 58.395f};

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final FloatBuffer input = ByteBuffer.allocateDirect(3 * WIDTH * INPUT_HEIGHT * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    private final OnnxTensor tensor;

    public SightDetector(Path model) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            this.session = environment.createSession(model.resolve("model.onnx").toString(), options);
        }
        for (int colour = 0; colour < 3; colour++) {
            float pad = -MEAN[colour] / DEVIATION[colour];
            for (int i = 0; i < WIDTH * INPUT_HEIGHT; i++) {
                input.put(colour * WIDTH * INPUT_HEIGHT + i, pad);
            }
        }
        this.tensor = OnnxTensor.createTensor(environment, input, new long[] {1, 3, INPUT_HEIGHT, WIDTH});
    }

    /** @param yuv planes of 4:2:0, 320x180, studio range */
    public boolean seesYuv(byte[] yuv) throws OrtException {
        int chroma = WIDTH * HEIGHT;
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int at = chroma + y / 2 * (WIDTH / 2) + x / 2;
                float luma = 1.164f * ((yuv[y * WIDTH + x] & 0xff) - 16);
                float u = (yuv[at] & 0xff) - 128;
                float v = (yuv[at + chroma / 4] & 0xff) - 128;
                put(x, y, luma + 2.018f * u, luma - 0.391f * u - 0.813f * v, luma + 1.596f * v);
            }
        }
        return infer();
    }

    /** @param bgr rows of three bytes a pixel, 320x180 */
    public boolean seesBgr(ByteBuffer bgr, int stride) throws OrtException {
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int at = y * stride + 3 * x;
                put(x, y, bgr.get(at) & 0xff, bgr.get(at + 1) & 0xff, bgr.get(at + 2) & 0xff);
            }
        }
        return infer();
    }

    private void put(int x, int y, float blue, float green, float red) {
        int at = (y + TOP) * WIDTH + x;
        int plane = WIDTH * INPUT_HEIGHT;
        input.put(at, (Math.clamp(blue, 0, 255) - MEAN[0]) / DEVIATION[0]);
        input.put(at + plane, (Math.clamp(green, 0, 255) - MEAN[1]) / DEVIATION[1]);
        input.put(at + 2 * plane, (Math.clamp(red, 0, 255) - MEAN[2]) / DEVIATION[2]);
    }

    private boolean infer() throws OrtException {
        try (OrtSession.Result result = session.run(Map.of("images", tensor))) {
            FloatBuffer scores = ((OnnxTensor) result.get("scores").orElseThrow()).getFloatBuffer();
            for (int cell = 0; cell + LABELS <= scores.limit(); cell += LABELS) {
                for (int label : WANTED) {
                    if (scores.get(cell + label) >= LEAST_SCORE) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    @Override
    public void close() {
        try {
            tensor.close();
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
