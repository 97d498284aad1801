package io.fengsui.fieldsim.camera;

import io.fengsui.fieldsim.clip.AccessUnit;
import io.fengsui.fieldsim.clip.AccessUnitClip;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts an access unit into RTP payloads (RFC 6184): the parameter sets of a keyframe as one STAP-A (5.7.1), a NAL unit that
 * fits as it is (5.6), a longer one as FU-A (5.8). Stateless.
 */
final class H264Packetizer {
    private static final int STAP_A = 24;
    private static final int FU_A = 28;
    private static final int FU_START = 0x80;
    private static final int FU_END = 0x40;

    private final int maxPayload;

    H264Packetizer(int maxPayload) {
        if (maxPayload < 64) {
            throw new IllegalArgumentException("a payload has 64 bytes at least, not " + maxPayload);
        }
        this.maxPayload = maxPayload;
    }

    List<byte[]> payloads(AccessUnitClip clip, AccessUnit unit, boolean withParameterSets) {
        List<byte[]> out = new ArrayList<>();
        if (unit.isKeyframe() && withParameterSets) {
            addParameterSets(clip, out);
        }
        for (byte[] nal : unit.nalUnits()) {
            if (nal.length <= maxPayload) {
                out.add(nal);
            } else {
                addFragments(nal, out);
            }
        }
        return out;
    }

    private void addParameterSets(AccessUnitClip clip, List<byte[]> out) {
        byte[] sps = clip.sps();
        byte[] pps = clip.pps();
        if (1 + 2 + sps.length + 2 + pps.length > maxPayload) {
            out.add(sps);
            out.add(pps);
            return;
        }
        byte[] aggregate = new byte[5 + sps.length + pps.length];
        // The aggregate's NRI is the highest of its parts.
        aggregate[0] = (byte) (Math.max(sps[0] & 0x60, pps[0] & 0x60) | STAP_A);
        put(aggregate, 1, sps);
        put(aggregate, 3 + sps.length, pps);
        out.add(aggregate);
    }

    private static void put(byte[] aggregate, int at, byte[] nal) {
        aggregate[at] = (byte) (nal.length >> 8);
        aggregate[at + 1] = (byte) nal.length;
        System.arraycopy(nal, 0, aggregate, at + 2, nal.length);
    }

    private void addFragments(byte[] nal, List<byte[]> out) {
        int room = maxPayload - 2;
        for (int at = 1; at < nal.length; at += room) {
            int end = Math.min(nal.length, at + room);
            byte[] fragment = new byte[2 + end - at];
            fragment[0] = (byte) ((nal[0] & 0xe0) | FU_A);
            fragment[1] = (byte) ((nal[0] & 0x1f) | (at == 1 ? FU_START : 0) | (end == nal.length ? FU_END : 0));
            System.arraycopy(nal, at, fragment, 2, end - at);
            out.add(fragment);
        }
    }
}
