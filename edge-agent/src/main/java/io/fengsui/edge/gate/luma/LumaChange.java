package io.fengsui.edge.gate.luma;

/**
 * How a small picture differs from the background.
 *
 * @param shift by which everything became brighter or darker, in levels
 * @param changedCells cells that differ beyond the shift and beyond their usual restlessness
 */
public record LumaChange(Kind kind, int shift, int changedCells) {
    /** What kind of difference it is. */
    public enum Kind {
        /** There was no background yet. */
        UNKNOWN,
        NOTHING,
        /** A part of the picture: something is there, or is gone. */
        LOCAL,
        /** The whole picture, in brightness or colour: lamps, the sun, the infrared filter. */
        LIGHT,
        /** Most of the picture, and not its brightness: something near, or the camera was turned. */
        WIDE
    }

    public static final LumaChange UNKNOWN = new LumaChange(Kind.UNKNOWN, 0, 0);

    /** Whether it says where something moved or that nothing did: not when there was no background, or when the light is another. */
    public boolean isComparable() {
        return switch (kind) {
            case UNKNOWN, LIGHT -> false;
            case NOTHING, LOCAL, WIDE -> true;
        };
    }

    /** Whether something may have moved. */
    public boolean isMovement() {
        return kind == Kind.LOCAL || kind == Kind.WIDE;
    }
}
