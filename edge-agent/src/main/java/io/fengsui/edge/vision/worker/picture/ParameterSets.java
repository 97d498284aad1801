package io.fengsui.edge.vision.worker.picture;

import io.fengsui.edge.bitstream.Codec;

/**
 * Whether an access unit carries its own parameter sets: without them a decoder that serves many cameras would take those
 * of the camera before. Pure.
 */
final class ParameterSets {
    private static final int H264_SPS = 7;
    private static final int H264_PPS = 8;
    private static final int H265_SPS = 33;
    private static final int H265_PPS = 34;

    private ParameterSets() {}

    static boolean precede(Codec codec, byte[] annexB) {
        boolean sps = false;
        boolean pps = false;
        for (int i = 0; i + 3 < annexB.length && !(sps && pps); i++) {
            if (annexB[i] == 0 && annexB[i + 1] == 0 && annexB[i + 2] == 1) {
                int header = annexB[i + 3] & 0xff;
                switch (codec) {
                    case H264 -> {
                        sps |= (header & 0x1f) == H264_SPS;
                        pps |= (header & 0x1f) == H264_PPS;
                    }
                    case H265 -> {
                        sps |= (header >> 1 & 0x3f) == H265_SPS;
                        pps |= (header >> 1 & 0x3f) == H265_PPS;
                    }
                }
            }
        }
        return sps && pps;
    }
}
