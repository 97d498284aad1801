package io.fengsui.edge.bitstream;

/**
 * What a sequence parameter set of H.265 says of the picture's size (ITU-T H.265, 7.3.2.2.1), with the caps of {@link Sps}.
 * Whatever follows is the decoder's.
 */
public record H265Sps(int id, int vpsId, PictureSize size) {
    private static final int MAX_SUB_LAYERS = 7;

    /** Parses a NAL unit of type 33. */
    public static H265Sps parse(NalUnit unit) throws MalformedBitstreamException {
        if (H265Unit.type(unit) != H265Unit.SPS) {
            throw new MalformedBitstreamException("NAL unit type " + H265Unit.type(unit) + " is no SPS");
        }
        BitReader in = new BitReader(unit, H265Unit.HEADER_BYTES);
        int vpsId = in.bits(4);
        int subLayers = in.bits(3);
        in.flag(); // sps_temporal_id_nesting_flag
        profileTierLevel(in, subLayers);
        int id = in.unsigned(15, "sps_seq_parameter_set_id");
        int chromaFormat = in.unsigned(3, "chroma_format_idc");
        if (chromaFormat == 3 && in.flag()) {
            chromaFormat = 0;
        }
        return new H265Sps(id, vpsId, size(in, chromaFormat));
    }

    private static PictureSize size(BitReader in, int chromaFormat) throws MalformedBitstreamException {
        long width = in.unsigned(Sps.MAX_SIDE, "pic_width_in_luma_samples");
        long height = in.unsigned(Sps.MAX_SIDE, "pic_height_in_luma_samples");
        if (width == 0 || height == 0 || width * height > Sps.MAX_PIXELS) {
            throw new MalformedBitstreamException("a picture of " + width + "x" + height + " is over the cap");
        }
        if (in.flag()) {
            int unitX = chromaFormat == 1 || chromaFormat == 2 ? 2 : 1;
            int unitY = chromaFormat == 1 ? 2 : 1;
            width -= unitX * window(in, "conf_win_left_offset", "conf_win_right_offset");
            height -= unitY * window(in, "conf_win_top_offset", "conf_win_bottom_offset");
            if (width <= 0 || height <= 0) {
                throw new MalformedBitstreamException("the conformance window leaves nothing of the picture");
            }
        }
        return new PictureSize((int) width, (int) height);
    }

    private static long window(BitReader in, String one, String other) throws MalformedBitstreamException {
        return (long) in.unsigned(Sps.MAX_SIDE, one) + in.unsigned(Sps.MAX_SIDE, other);
    }

    /** 7.3.3; sub-layers may or may not repeat profile and level. */
    static void profileTierLevel(BitReader in, int subLayers) throws MalformedBitstreamException {
        if (subLayers > MAX_SUB_LAYERS - 1) {
            throw new MalformedBitstreamException((subLayers + 1) + " sub-layers");
        }
        in.skip(88 + 8);
        boolean[] hasProfile = new boolean[subLayers];
        boolean[] hasLevel = new boolean[subLayers];
        for (int i = 0; i < subLayers; i++) {
            hasProfile[i] = in.flag();
            hasLevel[i] = in.flag();
        }
        if (subLayers > 0) {
            in.skip(2 * (8 - subLayers));
        }
        for (int i = 0; i < subLayers; i++) {
            in.skip((hasProfile[i] ? 88 : 0) + (hasLevel[i] ? 8 : 0));
        }
    }
}
