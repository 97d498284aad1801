package io.fengsui.fieldsim.load;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts NAL units into RTP payloads: one that fits as it is, a longer one as fragments (RFC 6184, 5.8; RFC 7798, 4.4.3). Parameter
 * sets travel each in a packet of its own. Pure.
 */
final class PayloadCutter {
    /** What fits one Ethernet frame beside the headers. */
    static final int MAX_PAYLOAD = 1400;

    private static final int FU_A = 28;
    private static final int FU_H265 = 49;
    private static final int START = 0x80;
    private static final int END = 0x40;

    private PayloadCutter() {}

    static List<byte[]> payloads(List<byte[]> units, boolean isH264) {
        List<byte[]> out = new ArrayList<>();
        for (byte[] unit : units) {
            if (unit.length <= MAX_PAYLOAD) {
                out.add(unit);
            } else {
                fragment(unit, isH264, out);
            }
        }
        return out;
    }

    private static void fragment(byte[] unit, boolean isH264, List<byte[]> out) {
        int unitHeader = isH264 ? 1 : 2;
        int header = unitHeader + 1;
        int room = MAX_PAYLOAD - header;
        for (int at = unitHeader; at < unit.length; at += room) {
            int end = Math.min(unit.length, at + room);
            byte[] fragment = new byte[header + end - at];
            int edges = (at == unitHeader ? START : 0) | (end == unit.length ? END : 0);
            if (isH264) {
                fragment[0] = (byte) ((unit[0] & 0xe0) | FU_A);
                fragment[1] = (byte) ((unit[0] & 0x1f) | edges);
            } else {
                fragment[0] = (byte) ((unit[0] & 0x81) | FU_H265 << 1);
                fragment[1] = unit[1];
                fragment[2] = (byte) ((unit[0] >> 1 & 0x3f) | edges);
            }
            System.arraycopy(unit, at, fragment, header, end - at);
            out.add(fragment);
        }
    }
}
