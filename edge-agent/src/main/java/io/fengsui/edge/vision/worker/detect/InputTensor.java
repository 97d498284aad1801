package io.fengsui.edge.vision.worker.detect;

import io.fengsui.edge.vision.model.InputSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * The detector's input: planes of normalised floats in direct memory, which ONNX Runtime reads in place. Reused from
 * picture to picture. Confined.
 */
final class InputTensor {
    private static final int CHANNELS = 3;
    private static final int BYTE_VALUES = 256;

    private final InputSpec spec;
    private final FloatBuffer planes;

    /** For each plane, the float of each byte value. */
    private final float[][] normal = new float[CHANNELS][BYTE_VALUES];

    /** For each plane, its byte's place within blue, green, red. */
    private final int[] offsets;

    private final float[] planeRow;
    private byte[] row = new byte[0];
    private @Nullable Letterbox padded;

    InputTensor(InputSpec spec) {
        this.spec = spec;
        this.planes = ByteBuffer.allocateDirect(CHANNELS * spec.width() * spec.height() * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        this.planeRow = new float[spec.width()];
        this.offsets = switch (spec.colour()) {
            case BGR -> new int[] {0, 1, 2};
            case RGB -> new int[] {2, 1, 0};
        };
        for (int c = 0; c < CHANNELS; c++) {
            for (int v = 0; v < BYTE_VALUES; v++) {
                normal[c][v] = (v - spec.mean().get(c)) / spec.std().get(c);
            }
        }
    }

    /** A picture of nothing but padding. */
    FloatBuffer empty() {
        padded = null;
        pad();
        return planes.rewind();
    }

    /** @param bgr a picture of the letterbox's size */
    FloatBuffer fill(AVFrame bgr, Letterbox at) {
        if (!at.equals(padded)) {
            pad();
            padded = at;
        }
        int stride = bgr.linesize(0);
        ByteBuffer bytes = bgr.data(0).capacity((long) stride * at.height()).asByteBuffer();
        if (row.length != at.width() * CHANNELS) {
            row = new byte[at.width() * CHANNELS];
        }
        int planeSize = spec.width() * spec.height();
        for (int y = 0; y < at.height(); y++) {
            bytes.get(y * stride, row, 0, row.length);
            int start = (at.top() + y) * spec.width() + at.left();
            for (int c = 0; c < CHANNELS; c++) {
                float[] values = normal[c];
                int from = offsets[c];
                // one index, so that the compiler takes the checks of both arrays out of the loop
                for (int x = 0; x < at.width(); x++) {
                    planeRow[x] = values[row[CHANNELS * x + from] & 0xff];
                }
                planes.put(c * planeSize + start, planeRow, 0, at.width());
            }
        }
        return planes.rewind();
    }

    private void pad() {
        int planeSize = spec.width() * spec.height();
        for (int c = 0; c < CHANNELS; c++) {
            Arrays.fill(planeRow, normal[c][spec.pad()]);
            for (int y = 0; y < spec.height(); y++) {
                planes.put(c * planeSize + y * spec.width(), planeRow, 0, spec.width());
            }
        }
    }
}
