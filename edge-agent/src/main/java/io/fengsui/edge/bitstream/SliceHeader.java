package io.fengsui.edge.bitstream;

/** The first three fields of a slice (ITU-T H.264, 7.3.3): where it begins, how it is predicted, which PPS it uses. */
public record SliceHeader(int firstMacroblock, SliceType type, int ppsId) {
    private static final int MAX_MACROBLOCKS = Sps.MAX_PIXELS / 256;

    /** How a slice is predicted (table 7-6). */
    public enum SliceType {
        P,
        B,
        I,
        SP,
        SI
    }

    private static final SliceType[] TYPES = SliceType.values();

    /** Parses a NAL unit of type 1, 2 or 5. */
    public static SliceHeader parse(NalUnit unit) throws MalformedBitstreamException {
        if (!unit.isSlice()) {
            throw new MalformedBitstreamException("NAL unit type " + unit.type() + " is no slice");
        }
        BitReader in = new BitReader(unit);
        int first = in.unsigned(MAX_MACROBLOCKS, "first_mb_in_slice");
        int type = in.unsigned(9, "slice_type");
        return new SliceHeader(first, TYPES[type % 5], in.unsigned(255, "pic_parameter_set_id"));
    }

    public boolean isIntra() {
        return type == SliceType.I || type == SliceType.SI;
    }
}
