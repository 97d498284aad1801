package io.fengsui.edge.camera.gop;

/**
 * How much is kept of the cameras' groups of pictures.
 *
 * @param budgetBytes of all cameras together; taken from the system little by little
 * @param maxBytesPerCamera of one group of pictures
 */
public record GopSettings(long budgetBytes, int maxBytesPerCamera) {
    /** Least budget: a few keyframes. */
    public static final long MIN_BUDGET = 1L << 20;

    /** Largest budget. */
    public static final long MAX_BUDGET = 64L << 30;

    /** Two thousand cameras of 400 kbit/s; a group of pictures of a 4 Mbit/s camera with a keyframe every 10 s fits. */
    public static final GopSettings USUAL = new GopSettings(256L << 20, 8 << 20);

    public GopSettings {
        if (budgetBytes < MIN_BUDGET || budgetBytes > MAX_BUDGET) {
            throw new IllegalArgumentException("the budget of kept pictures is " + MIN_BUDGET + " to " + MAX_BUDGET
                    + " bytes, not " + budgetBytes);
        }
        if (maxBytesPerCamera < GopArena.SLAB_BYTES) {
            throw new IllegalArgumentException("a camera keeps " + GopArena.SLAB_BYTES + " bytes or more");
        }
    }
}
