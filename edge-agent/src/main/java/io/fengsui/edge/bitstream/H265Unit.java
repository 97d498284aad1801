package io.fengsui.edge.bitstream;

/** Types of H.265's NAL units (ITU-T H.265, 7.3.1.2 and table 7-1): a header of two bytes, the type in the first. */
public final class H265Unit {
    public static final int HEADER_BYTES = 2;
    /** First type of pictures at which decoding can start (IRAP). */
    public static final int FIRST_IRAP = 16;

    /** Last type of such pictures that is defined. */
    public static final int LAST_IRAP = 21;

    public static final int VPS = 32;
    public static final int SPS = 33;
    public static final int PPS = 34;
    public static final int ACCESS_UNIT_DELIMITER = 35;
    public static final int END_OF_SEQUENCE = 36;
    public static final int END_OF_STREAM = 37;
    public static final int FILLER = 38;
    public static final int PREFIX_SEI = 39;
    public static final int SUFFIX_SEI = 40;
    /** Largest type that H.265 itself defines or reserves; RTP uses those above it (RFC 7798, 4.4). */
    public static final int LAST_OWN_TYPE = 47;

    private static final int LAST_TRAILING = 9;
    private static final int LAST_RESERVED_IRAP = 23;

    private H265Unit() {}

    public static int type(NalUnit unit) {
        return type(unit.bytes()[unit.offset()]);
    }

    /** Of the first byte. */
    public static int type(byte header) {
        return (header >> 1) & 0x3F;
    }

    /** nuh_layer_id; everything above 0 is an enhancement that no camera needs. */
    public static int layer(NalUnit unit) {
        return unit.length() < HEADER_BYTES
                ? 0
                : (unit.bytes()[unit.offset()] & 1) << 5 | (unit.bytes()[unit.offset() + 1] & 0xF8) >> 3;
    }

    /** Whether it carries a part of a picture. */
    public static boolean isSlice(int type) {
        return type <= LAST_TRAILING || isIrap(type);
    }

    public static boolean isIrap(int type) {
        return type >= FIRST_IRAP && type <= LAST_IRAP;
    }

    /** Whether pictures of its own temporal layer may be predicted from it (table 7-1: names in _R). */
    public static boolean isReference(int type) {
        return type >= FIRST_IRAP || (type & 1) == 1;
    }

    /** first_slice_segment_in_pic_flag, and a look at what must follow it (7.3.6.1). */
    public static boolean startsPicture(NalUnit unit) throws MalformedBitstreamException {
        BitReader in = new BitReader(unit, HEADER_BYTES);
        boolean isFirst = in.flag();
        int type = type(unit);
        if (type >= FIRST_IRAP && type <= LAST_RESERVED_IRAP) {
            in.flag(); // no_output_of_prior_pics_flag
        }
        in.unsigned(63, "slice_pic_parameter_set_id");
        return isFirst;
    }
}
