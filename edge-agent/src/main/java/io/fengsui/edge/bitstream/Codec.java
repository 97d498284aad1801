package io.fengsui.edge.bitstream;

/** Video coding that a stream is in. */
public enum Codec {
    /** ITU-T H.264. */
    H264,
    /** ITU-T H.265. */
    H265
}
