package io.fengsui.edge.rtp;

import io.fengsui.edge.bitstream.H265Unit;
import io.fengsui.edge.bitstream.MalformedBitstreamException;
import io.fengsui.edge.bitstream.NalUnit;
import io.fengsui.edge.bitstream.SliceHeader;

/** What an access unit is put together by: the kinds of NAL units that a codec has. Pure. */
enum UnitSyntax {
    /** ITU-T H.264, 7.4.1.2.3. */
    H264 {
        @Override
        Kind kind(NalUnit unit) {
            int type = unit.type();
            if (NalUnit.isSlice(type)) {
                return Kind.SLICE;
            }
            return switch (type) {
                case NalUnit.SPS, NalUnit.PPS -> Kind.PARAMETER_SET;
                case NalUnit.ACCESS_UNIT_DELIMITER -> Kind.DELIMITER;
                case NalUnit.FILLER, NalUnit.END_OF_SEQUENCE, NalUnit.END_OF_STREAM -> Kind.USELESS;
                case NalUnit.SEI, 14, 15, 16, 17, 18 -> Kind.LEADING;
                default -> type == 0 || type > NalUnit.LAST_OWN_TYPE ? Kind.UNKNOWN : Kind.FOLLOWING;
            };
        }

        @Override
        Slice slice(NalUnit unit) throws MalformedBitstreamException {
            boolean isReference = unit.refIdc() != 0;
            if (unit.type() == 3 || unit.type() == 4) {
                return new Slice(false, false, false, isReference); // goes on with partition 2
            }
            SliceHeader header = SliceHeader.parse(unit);
            return new Slice(
                    header.firstMacroblock() == 0, unit.type() == NalUnit.IDR_SLICE, header.isIntra(), isReference);
        }

        // D.1.8: recovery_frame_cnt of 0 means that decoding may start at this picture.
        @Override
        boolean isRecoveryPoint(NalUnit unit) {
            byte[] bytes = unit.bytes();
            int at = unit.offset() + 1;
            return unit.type() == NalUnit.SEI
                    && unit.length() >= 4
                    && bytes[at] == RECOVERY_POINT
                    && (bytes[at + 2] & 0x80) != 0;
        }
    },
    /** ITU-T H.265, 7.4.2.4.4. */
    H265 {
        @Override
        Kind kind(NalUnit unit) {
            int type = H265Unit.type(unit);
            if (unit.length() < H265Unit.HEADER_BYTES || type > H265Unit.LAST_OWN_TYPE) {
                return Kind.UNKNOWN;
            }
            if (H265Unit.layer(unit) > 0) {
                return Kind.USELESS;
            }
            if (H265Unit.isSlice(type)) {
                return Kind.SLICE;
            }
            return switch (type) {
                case H265Unit.VPS, H265Unit.SPS, H265Unit.PPS -> Kind.PARAMETER_SET;
                case H265Unit.ACCESS_UNIT_DELIMITER -> Kind.DELIMITER;
                case H265Unit.FILLER, H265Unit.END_OF_SEQUENCE, H265Unit.END_OF_STREAM -> Kind.USELESS;
                case H265Unit.PREFIX_SEI, 41, 42, 43, 44 -> Kind.LEADING;
                default -> type < H265Unit.VPS ? Kind.UNKNOWN : Kind.FOLLOWING;
            };
        }

        @Override
        Slice slice(NalUnit unit) throws MalformedBitstreamException {
            int type = H265Unit.type(unit);
            boolean isIrap = H265Unit.isIrap(type);
            return new Slice(H265Unit.startsPicture(unit), isIrap, isIrap, H265Unit.isReference(type));
        }

        @Override
        boolean isRecoveryPoint(NalUnit unit) {
            return false;
        }
    };

    private static final int RECOVERY_POINT = 6;

    /** What a NAL unit means for the access unit being put together. */
    enum Kind {
        SLICE,
        PARAMETER_SET,
        /** Starts an access unit and says nothing else. */
        DELIMITER,
        /** Stands before the slices of its picture. */
        LEADING,
        /** Stands behind them. */
        FOLLOWING,
        /** Is left out. */
        USELESS,
        UNKNOWN
    }

    /**
     * A slice.
     *
     * @param startsPicture whether it is the first of its picture
     * @param isEntry whether decoding can start here (IDR, IRAP)
     */
    record Slice(boolean startsPicture, boolean isEntry, boolean isIntra, boolean isReference) {}

    abstract Kind kind(NalUnit unit);

    abstract Slice slice(NalUnit unit) throws MalformedBitstreamException;

    abstract boolean isRecoveryPoint(NalUnit unit);
}
