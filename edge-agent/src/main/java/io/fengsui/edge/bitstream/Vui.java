package io.fengsui.edge.bitstream;

import org.jspecify.annotations.Nullable;

/**
 * The two things of the video usability information (ITU-T H.264, E.1.1) that we use. A VUI that is cut short, as some
 * cameras write it, costs only what it did not say.
 */
record Vui(int maxNumReorderFrames, Sps.@Nullable Timing timing) {
    static final Vui NONE = new Vui(-1, null);

    private static final int EXTENDED_SAR = 255;
    private static final int MAX_CPB = 31;
    private static final int MAX_EXPONENT = 65_535;

    static Vui parse(BitReader in) {
        Sps.Timing timing = null;
        try {
            picture(in);
            timing = in.flag() ? timing(in) : null;
            return new Vui(reordering(in), timing);
        } catch (MalformedBitstreamException e) {
            return new Vui(-1, timing);
        }
    }

    private static void picture(BitReader in) throws MalformedBitstreamException {
        if (in.flag() && in.bits(8) == EXTENDED_SAR) {
            in.skip(32);
        }
        if (in.flag()) {
            in.flag(); // overscan_appropriate_flag
        }
        if (in.flag()) {
            in.skip(4); // video_format, video_full_range_flag
            if (in.flag()) {
                in.skip(24); // colour description
            }
        }
        if (in.flag()) {
            in.unsigned(5, "chroma_sample_loc_type_top_field");
            in.unsigned(5, "chroma_sample_loc_type_bottom_field");
        }
    }

    private static Sps.@Nullable Timing timing(BitReader in) throws MalformedBitstreamException {
        long units = in.bits(32) & 0xFFFFFFFFL;
        long scale = in.bits(32) & 0xFFFFFFFFL;
        in.flag(); // fixed_frame_rate_flag
        return units == 0 || scale == 0 ? null : new Sps.Timing(units, scale);
    }

    private static int reordering(BitReader in) throws MalformedBitstreamException {
        boolean nal = in.flag();
        if (nal) {
            hypotheticalDecoder(in);
        }
        boolean vcl = in.flag();
        if (vcl) {
            hypotheticalDecoder(in);
        }
        if (nal || vcl) {
            in.flag(); // low_delay_hrd_flag
        }
        in.flag(); // pic_struct_present_flag
        if (!in.flag()) {
            return -1;
        }
        in.flag(); // motion_vectors_over_pic_boundaries_flag
        in.unsigned(MAX_EXPONENT, "max_bytes_per_pic_denom");
        in.unsigned(MAX_EXPONENT, "max_bits_per_mb_denom");
        in.unsigned(MAX_EXPONENT, "log2_max_mv_length_horizontal");
        in.unsigned(MAX_EXPONENT, "log2_max_mv_length_vertical");
        return in.unsigned(16, "max_num_reorder_frames");
    }

    private static void hypotheticalDecoder(BitReader in) throws MalformedBitstreamException {
        int buffers = in.unsigned(MAX_CPB, "cpb_cnt_minus1") + 1;
        in.skip(8); // bit_rate_scale, cpb_size_scale
        for (int i = 0; i < buffers; i++) {
            in.unsigned(Integer.MAX_VALUE, "bit_rate_value_minus1");
            in.unsigned(Integer.MAX_VALUE, "cpb_size_value_minus1");
            in.flag(); // cbr_flag
        }
        in.skip(20);
    }
}
