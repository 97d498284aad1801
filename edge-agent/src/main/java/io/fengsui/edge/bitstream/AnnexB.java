package io.fengsui.edge.bitstream;

import java.util.ArrayList;
import java.util.List;

/** The byte stream format: NAL units behind start codes 00 00 01 or 00 00 00 01 (ITU-T H.264, annex B). */
public final class AnnexB {
    /** Bytes of the start code that we write. */
    public static final int START_CODE_LENGTH = 4;

    private AnnexB() {}

    /**
     * Views of the NAL units of a byte stream, in order. Bytes before the first start code are a NAL unit of their own:
     * some cameras put start codes inside what should be a single unit. Empty units are left out.
     */
    public static List<NalUnit> split(byte[] bytes, int offset, int length) {
        List<NalUnit> units = new ArrayList<>(1);
        int end = offset + length;
        int from = offset;
        int at = offset;
        while (at < end) {
            int code = startCode(bytes, at, end);
            if (code < 0) {
                break;
            }
            add(units, bytes, from, code);
            from = code + 3;
            at = from;
        }
        add(units, bytes, from, end);
        return units;
    }

    public static List<NalUnit> split(byte[] bytes) {
        return split(bytes, 0, bytes.length);
    }

    /** Index of the next 00 00 01, or -1. */
    public static int startCode(byte[] bytes, int from, int end) {
        int at = from + 2;
        while (at < end) {
            int last = bytes[at];
            if (last > 1 || last < 0) {
                at += 3;
            } else if (last == 1) {
                if (bytes[at - 1] == 0 && bytes[at - 2] == 0) {
                    return at - 2;
                }
                at += 3;
            } else {
                at++;
            }
        }
        return -1;
    }

    /** Writes a start code; returns the index behind it. */
    public static int putStartCode(byte[] into, int at) {
        into[at] = 0;
        into[at + 1] = 0;
        into[at + 2] = 0;
        into[at + 3] = 1;
        return at + START_CODE_LENGTH;
    }

    /** Trailing zero bytes belong to the next start code (trailing_zero_8bits), never to the unit. */
    private static void add(List<NalUnit> units, byte[] bytes, int from, int to) {
        int end = to;
        while (end > from && bytes[end - 1] == 0) {
            end--;
        }
        if (end > from) {
            units.add(new NalUnit(bytes, from, end - from));
        }
    }
}
