package io.fengsui.edge.gate.size;

/**
 * What tier 0 knows of a coded picture.
 *
 * @param qp quantizer of its first slice; {@link #NO_QP} when it could not be read
 * @param blocks of 16 x 16 pixels in a picture; 0 when not known
 */
public record UnitFacts(boolean isKeyframe, int bytes, int qp, int blocks) {
    public static final int NO_QP = -1;

    private static final double QP_STEPS_AN_OCTAVE = 6;
    /** Blocks of the picture for each byte that a size has to differ by to count for anything. */
    private static final int BLOCKS_A_BYTE = 12;

    private static final int USUAL_BLOCKS = 920;

    /**
     * Binary logarithm of size times 2^(QP/6): what the size would be at one quantizer. A few bytes more or less, of a
     * picture that says next to nothing, make no difference.
     */
    public double effort() {
        int least = Math.max(8, (blocks == 0 ? USUAL_BLOCKS : blocks) / BLOCKS_A_BYTE);
        double size = Math.log(bytes + least) / Math.log(2);
        return qp == NO_QP ? size : size + qp / QP_STEPS_AN_OCTAVE;
    }

    /** Bits for each block. */
    public double density() {
        return 8.0 * bytes / (blocks == 0 ? USUAL_BLOCKS : blocks);
    }
}
