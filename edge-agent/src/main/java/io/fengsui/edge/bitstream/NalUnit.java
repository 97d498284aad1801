package io.fengsui.edge.bitstream;

import java.util.Arrays;

/**
 * A view of one NAL unit without its start code: header, then payload with emulation prevention bytes. What it says of its
 * type is H.264's (ITU-T H.264, 7.3.1); {@link H265Unit} reads the other header.
 *
 * @param bytes holds the unit; whoever made the view owns them
 */
@SuppressWarnings("ArrayRecordComponent") // a view; never compared
public record NalUnit(byte[] bytes, int offset, int length) {
    /** Coded slice of a non-IDR picture. */
    public static final int SLICE = 1;
    /** Coded slice of an IDR picture. */
    public static final int IDR_SLICE = 5;

    public static final int SEI = 6;
    public static final int SPS = 7;
    public static final int PPS = 8;
    public static final int ACCESS_UNIT_DELIMITER = 9;
    public static final int END_OF_SEQUENCE = 10;
    public static final int END_OF_STREAM = 11;
    public static final int FILLER = 12;
    /** Largest type that H.264 itself defines or reserves; RTP uses those above it (RFC 6184, 5.2). */
    public static final int LAST_OWN_TYPE = 23;

    public NalUnit {
        if (length < 1 || offset < 0 || offset > bytes.length - length) {
            throw new IllegalArgumentException(
                    "a NAL unit of " + length + " bytes at " + offset + " of " + bytes.length);
        }
    }

    public static NalUnit of(byte[] bytes) {
        return new NalUnit(bytes, 0, bytes.length);
    }

    public int type() {
        return bytes[offset] & 0x1F;
    }

    /** nal_ref_idc: 0 means that no other picture is predicted from it. */
    public int refIdc() {
        return (bytes[offset] >> 5) & 0x3;
    }

    /** Whether it carries a part of a picture: slices and data partitions. */
    public boolean isSlice() {
        return isSlice(type());
    }

    public static boolean isSlice(int type) {
        return type >= SLICE && type <= IDR_SLICE;
    }

    public byte[] copy() {
        return Arrays.copyOfRange(bytes, offset, offset + length);
    }
}
