package io.fengsui.edge.bitstream;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a sequence parameter set says (ITU-T H.264, 7.3.2.1). Sizes come from outside: a picture is at most
 * {@value #MAX_SIDE} pixels a side and {@value #MAX_PIXELS} pixels in all.
 *
 * @param constraints the byte of constraint_set flags
 * @param width of the picture after cropping
 * @param height of the picture after cropping
 * @param maxNumReorderFrames pictures that may be shown later than decoded: 0 says "no B-frames", -1 says nothing
 * @param timing from the VUI, if given
 * @param pictures what the slice headers look like
 */
public record Sps(
        int id,
        int profile,
        int constraints,
        int level,
        int width,
        int height,
        int maxNumReorderFrames,
        @Nullable Timing timing,
        Pictures pictures) {
    public static final int MAX_SIDE = 16_384;
    public static final int MAX_PIXELS = 8192 * 5120;

    private static final int MACROBLOCK = 16;
    private static final int MAX_FRAME_NUMBERS_BITS = 12;
    private static final int MAX_DPB_FRAMES = 16;
    private static final int MAX_CYCLE = 255;
    /** Profiles that carry chroma format and scaling matrices. */
    private static final Set<Integer> HIGH_PROFILES =
            Set.of(100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135);

    /** Two fields, so twice num_units_in_tick, make a picture (E.2.1). */
    public record Timing(long unitsInTick, long timeScale) {
        public double framesPerSecond() {
            return timeScale / (2.0 * unitsInTick);
        }
    }

    /**
     * What a slice header depends on (7.3.3).
     *
     * @param frameNumberBits of frame_num
     * @param orderType pic_order_cnt_type
     * @param orderBits of pic_order_cnt_lsb
     * @param isDeltaZero delta_pic_order_always_zero_flag
     */
    record Pictures(
            int frameNumberBits,
            int orderType,
            int orderBits,
            boolean isDeltaZero,
            boolean isFramesOnly,
            boolean hasSeparatePlanes,
            boolean hasChroma) {}

    private record Order(int type, int bits, boolean isDeltaZero) {}

    private record Chroma(int format, boolean hasSeparatePlanes) {}

    private record Size(int width, int height, boolean isFramesOnly) {}

    /** Parses a NAL unit of type 7; whatever follows the known fields is not looked at. */
    public static Sps parse(NalUnit unit) throws MalformedBitstreamException {
        if (unit.type() != NalUnit.SPS) {
            throw new MalformedBitstreamException("NAL unit type " + unit.type() + " is no SPS");
        }
        BitReader in = new BitReader(unit);
        int profile = in.bits(8);
        int constraints = in.bits(8);
        int level = in.bits(8);
        int id = in.unsigned(31, "seq_parameter_set_id");
        Chroma chroma = HIGH_PROFILES.contains(profile) ? highProfileFields(in) : new Chroma(1, false);
        int frameNumberBits = in.unsigned(MAX_FRAME_NUMBERS_BITS, "log2_max_frame_num_minus4") + 4;
        Order order = pictureOrder(in);
        in.unsigned(MAX_DPB_FRAMES, "max_num_ref_frames");
        in.flag(); // gaps_in_frame_num_value_allowed_flag
        Size size = size(in, chroma.format());
        Vui vui = in.flag() ? Vui.parse(in) : Vui.NONE;
        Pictures pictures = new Pictures(
                frameNumberBits,
                order.type(),
                order.bits(),
                order.isDeltaZero(),
                size.isFramesOnly(),
                chroma.hasSeparatePlanes(),
                chroma.format() != 0);
        return new Sps(
                id,
                profile,
                constraints,
                level,
                size.width(),
                size.height(),
                vui.maxNumReorderFrames(),
                vui.timing(),
                pictures);
    }

    private static Chroma highProfileFields(BitReader in) throws MalformedBitstreamException {
        int chromaFormat = in.unsigned(3, "chroma_format_idc");
        boolean separatePlanes = chromaFormat == 3 && in.flag();
        in.unsigned(6, "bit_depth_luma_minus8");
        in.unsigned(6, "bit_depth_chroma_minus8");
        in.flag(); // qpprime_y_zero_transform_bypass_flag
        if (in.flag()) {
            int lists = chromaFormat == 3 ? 12 : 8;
            for (int i = 0; i < lists; i++) {
                if (in.flag()) {
                    scalingList(in, i < 6 ? 16 : 64);
                }
            }
        }
        return new Chroma(separatePlanes ? 0 : chromaFormat, separatePlanes);
    }

    private static void scalingList(BitReader in, int size) throws MalformedBitstreamException {
        long lastScale = 8;
        long nextScale = 8;
        for (int i = 0; i < size; i++) {
            if (nextScale != 0) {
                nextScale = Math.floorMod(lastScale + in.signed(), 256L);
            }
            lastScale = nextScale == 0 ? lastScale : nextScale;
        }
    }

    private static Order pictureOrder(BitReader in) throws MalformedBitstreamException {
        int type = in.unsigned(2, "pic_order_cnt_type");
        if (type == 0) {
            return new Order(type, in.unsigned(MAX_FRAME_NUMBERS_BITS, "log2_max_pic_order_cnt_lsb_minus4") + 4, false);
        }
        boolean isDeltaZero = false;
        if (type == 1) {
            isDeltaZero = in.flag();
            in.signed();
            in.signed();
            int cycle = in.unsigned(MAX_CYCLE, "num_ref_frames_in_pic_order_cnt_cycle");
            for (int i = 0; i < cycle; i++) {
                in.signed();
            }
        }
        return new Order(type, 0, isDeltaZero);
    }

    private static Size size(BitReader in, int chromaFormat) throws MalformedBitstreamException {
        long width = MACROBLOCK * (in.unsigned(MAX_SIDE / MACROBLOCK - 1, "pic_width_in_mbs_minus1") + 1L);
        long mapUnits = in.unsigned(MAX_SIDE / MACROBLOCK - 1, "pic_height_in_map_units_minus1") + 1L;
        boolean framesOnly = in.flag();
        long height = MACROBLOCK * mapUnits * (framesOnly ? 1 : 2);
        if (!framesOnly) {
            in.flag(); // mb_adaptive_frame_field_flag
        }
        in.flag(); // direct_8x8_inference_flag
        if (width * height > MAX_PIXELS || height > MAX_SIDE) {
            throw new MalformedBitstreamException("a picture of " + width + "x" + height + " is over the cap");
        }
        if (in.flag()) {
            int unitX = chromaFormat == 1 || chromaFormat == 2 ? 2 : 1;
            int unitY = (chromaFormat == 1 ? 2 : 1) * (framesOnly ? 1 : 2);
            long cropX = unitX
                    * ((long) in.unsigned(MAX_SIDE, "frame_crop_left_offset")
                            + in.unsigned(MAX_SIDE, "frame_crop_right_offset"));
            long cropY = unitY
                    * ((long) in.unsigned(MAX_SIDE, "frame_crop_top_offset")
                            + in.unsigned(MAX_SIDE, "frame_crop_bottom_offset"));
            if (cropX >= width || cropY >= height) {
                throw new MalformedBitstreamException("cropping leaves nothing of " + width + "x" + height);
            }
            width -= cropX;
            height -= cropY;
        }
        return new Size((int) width, (int) height, framesOnly);
    }
}
