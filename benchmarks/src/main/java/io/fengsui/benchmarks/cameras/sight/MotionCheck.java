package io.fengsui.benchmarks.cameras.sight;

/**
 * What a peer does before it detects: compares luma with a background that follows slowly, on every fourth pixel of every fourth
 * row. Finds whatever moves in the scenes of the library, noise included in its threshold. Confined to one thread.
 */
public final class MotionCheck {
    private static final int STEP = 4;
    private static final int LEAST_CHANGE = 25;
    private static final int LEAST_PIXELS = 6;
    private static final int SHIFT = 4;

    private final int[] background = new int[SightDetector.WIDTH / STEP * (SightDetector.HEIGHT / STEP)];
    private boolean hasBackground;

    /** @param stride bytes from one row to the next; luma, or green of a colour picture, at {@code offset} */
    public boolean moves(java.nio.ByteBuffer picture, int offset, int stride, int pixelStride) {
        int changed = 0;
        int at = 0;
        for (int y = 0; y < SightDetector.HEIGHT; y += STEP) {
            for (int x = 0; x < SightDetector.WIDTH; x += STEP, at++) {
                int value = (picture.get(offset + y * stride + x * pixelStride) & 0xff) << SHIFT;
                if (!hasBackground) {
                    background[at] = value;
                } else {
                    int difference = value - background[at];
                    if (Math.abs(difference) > LEAST_CHANGE << SHIFT) {
                        changed++;
                    }
                    background[at] += difference / 16;
                }
            }
        }
        hasBackground = true;
        return changed >= LEAST_PIXELS;
    }
}
