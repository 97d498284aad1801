package io.fengsui.edge.bitstream;

import org.jspecify.annotations.Nullable;

/**
 * What a video parameter set of H.265 says (ITU-T H.265, 7.3.2.1).
 *
 * @param framesPerSecond if given
 */
public record H265Vps(int id, @Nullable Double framesPerSecond) {
    private static final int MAX_LAYER_SETS = 1023;

    /** Parses a NAL unit of type 32. One that is cut short costs only what it did not say. */
    public static H265Vps parse(NalUnit unit) throws MalformedBitstreamException {
        if (H265Unit.type(unit) != H265Unit.VPS) {
            throw new MalformedBitstreamException("NAL unit type " + H265Unit.type(unit) + " is no VPS");
        }
        BitReader in = new BitReader(unit, H265Unit.HEADER_BYTES);
        int id = in.bits(4);
        try {
            return new H265Vps(id, timing(in));
        } catch (MalformedBitstreamException e) {
            return new H265Vps(id, null);
        }
    }

    private static @Nullable Double timing(BitReader in) throws MalformedBitstreamException {
        in.skip(2 + 6); // base layer flags, vps_max_layers_minus1
        int subLayers = in.bits(3);
        in.skip(1 + 16); // vps_temporal_id_nesting_flag, reserved
        H265Sps.profileTierLevel(in, subLayers);
        int described = in.flag() ? subLayers + 1 : 1;
        for (int i = 0; i < 3 * described; i++) {
            in.unsigned(Integer.MAX_VALUE, "sub-layer ordering");
        }
        int layers = in.bits(6) + 1;
        int sets = in.unsigned(MAX_LAYER_SETS, "vps_num_layer_sets_minus1");
        in.skip(sets * layers);
        if (!in.flag()) {
            return null;
        }
        long units = in.bits(32) & 0xFFFFFFFFL;
        long scale = in.bits(32) & 0xFFFFFFFFL;
        return units == 0 || scale == 0 ? null : (double) scale / units;
    }
}
