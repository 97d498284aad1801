package io.fengsui.edge.bitstream;

import java.util.OptionalInt;

/**
 * Reads the quantizer of H.264 slices: pic_init_qp of the picture parameter set and slice_qp_delta at the end of the slice
 * header (ITU-T H.264, 7.3.2.2 and 7.3.3). Some forty bits a picture; what cannot be read gives nothing. Immutable.
 */
public final class SliceQp {
    private static final int MAX_REFERENCES = 32;
    private static final int MAX_STEPS = 66;
    private static final int MAX_QP = 51;
    // slice_type modulo 5, table 7-6
    private static final int B = 1;
    private static final int I = 2;
    private static final int SI = 4;

    private final Sps.Pictures pictures;
    private final boolean isCabac;
    private final boolean hasBottomOrder;
    private final int references0;
    private final int references1;
    private final boolean isWeighted;
    private final boolean isWeightedBoth;
    private final int initialQp;
    private final boolean hasRedundant;

    private SliceQp(Sps.Pictures pictures, BitReader pps) throws MalformedBitstreamException {
        this.pictures = pictures;
        pps.unsigned(255, "pic_parameter_set_id");
        pps.unsigned(31, "seq_parameter_set_id");
        this.isCabac = pps.flag();
        this.hasBottomOrder = pps.flag();
        if (pps.unsigned(7, "num_slice_groups_minus1") > 0) {
            throw new MalformedBitstreamException("slice groups");
        }
        this.references0 = pps.unsigned(MAX_REFERENCES - 1, "num_ref_idx_l0_default_active_minus1") + 1;
        this.references1 = pps.unsigned(MAX_REFERENCES - 1, "num_ref_idx_l1_default_active_minus1") + 1;
        this.isWeighted = pps.flag();
        this.isWeightedBoth = pps.bits(2) == 1;
        this.initialQp = 26 + (int) pps.signed();
        pps.signed(); // pic_init_qs_minus26
        pps.signed(); // chroma_qp_index_offset
        pps.skip(2); // deblocking_filter_control_present_flag, constrained_intra_pred_flag
        this.hasRedundant = pps.flag();
    }

    /** For slices that are coded with these parameter sets. */
    public static SliceQp of(NalUnit sps, NalUnit pps) throws MalformedBitstreamException {
        return new SliceQp(Sps.parse(sps).pictures(), new BitReader(pps));
    }

    /** The quantizer of a slice, 0 to 51. */
    public OptionalInt read(NalUnit slice) {
        try {
            int qp = initialQp + delta(slice);
            return qp >= 0 && qp <= MAX_QP ? OptionalInt.of(qp) : OptionalInt.empty();
        } catch (MalformedBitstreamException e) {
            return OptionalInt.empty();
        }
    }

    private int delta(NalUnit slice) throws MalformedBitstreamException {
        BitReader in = new BitReader(slice);
        in.unsigned(Sps.MAX_PIXELS / 256, "first_mb_in_slice");
        int type = in.unsigned(9, "slice_type") % 5;
        in.unsigned(255, "pic_parameter_set_id");
        boolean isIdr = slice.type() == NalUnit.IDR_SLICE;
        order(in, isIdr);
        boolean isBoth = type == B;
        boolean isIntra = type == I || type == SI;
        if (isBoth) {
            in.flag(); // direct_spatial_mv_pred_flag
        }
        if (!isIntra) {
            predicted(in, isBoth);
        }
        if (slice.refIdc() != 0) {
            marking(in, isIdr);
        }
        if (isCabac && !isIntra) {
            in.unsigned(2, "cabac_init_idc");
        }
        return (int) in.signed();
    }

    private void order(BitReader in, boolean isIdr) throws MalformedBitstreamException {
        if (pictures.hasSeparatePlanes()) {
            in.skip(2); // colour_plane_id
        }
        in.skip(pictures.frameNumberBits());
        boolean isField = !pictures.isFramesOnly() && in.flag();
        if (isField) {
            in.flag(); // bottom_field_flag
        }
        if (isIdr) {
            in.unsigned(65_535, "idr_pic_id");
        }
        if (pictures.orderType() == 0) {
            in.skip(pictures.orderBits());
            if (hasBottomOrder && !isField) {
                in.signed(); // delta_pic_order_cnt_bottom
            }
        } else if (pictures.orderType() == 1 && !pictures.isDeltaZero()) {
            in.signed(); // delta_pic_order_cnt[0]
            if (hasBottomOrder && !isField) {
                in.signed();
            }
        }
        if (hasRedundant) {
            in.unsigned(127, "redundant_pic_cnt");
        }
    }

    private void predicted(BitReader in, boolean isBoth) throws MalformedBitstreamException {
        int count0 = references0;
        int count1 = references1;
        if (in.flag()) {
            count0 = in.unsigned(MAX_REFERENCES - 1, "num_ref_idx_l0_active_minus1") + 1;
            count1 = isBoth ? in.unsigned(MAX_REFERENCES - 1, "num_ref_idx_l1_active_minus1") + 1 : 0;
        }
        modification(in);
        if (isBoth) {
            modification(in);
        }
        if (isBoth ? isWeightedBoth : isWeighted) {
            in.unsigned(7, "luma_log2_weight_denom");
            if (pictures.hasChroma()) {
                in.unsigned(7, "chroma_log2_weight_denom");
            }
            weights(in, count0);
            weights(in, isBoth ? count1 : 0);
        }
    }

    private static void modification(BitReader in) throws MalformedBitstreamException {
        if (!in.flag()) {
            return;
        }
        for (int i = 0; i < MAX_STEPS; i++) {
            if (in.unsigned(5, "modification_of_pic_nums_idc") == 3) {
                return;
            }
            in.unsigned(Integer.MAX_VALUE, "picture number");
        }
        throw new MalformedBitstreamException("a list of references that does not end");
    }

    private void weights(BitReader in, int count) throws MalformedBitstreamException {
        for (int i = 0; i < count; i++) {
            if (in.flag()) {
                in.signed();
                in.signed();
            }
            if (pictures.hasChroma() && in.flag()) {
                for (int j = 0; j < 4; j++) {
                    in.signed();
                }
            }
        }
    }

    private static void marking(BitReader in, boolean isIdr) throws MalformedBitstreamException {
        if (isIdr) {
            in.skip(2);
            return;
        }
        if (!in.flag()) {
            return;
        }
        for (int i = 0; i < MAX_STEPS; i++) {
            int operation = in.unsigned(6, "memory_management_control_operation");
            if (operation == 0) {
                return;
            }
            int numbers = operation == 5 ? 0 : operation == 3 ? 2 : 1;
            for (int j = 0; j < numbers; j++) {
                in.unsigned(Integer.MAX_VALUE, "picture number");
            }
        }
        throw new MalformedBitstreamException("a marking of references that does not end");
    }
}
