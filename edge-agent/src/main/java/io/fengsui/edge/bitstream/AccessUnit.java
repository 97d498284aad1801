package io.fengsui.edge.bitstream;

/**
 * One coded picture, whole and in decode order.
 *
 * @param annexB its NAL units, each behind a start code 00 00 00 01 (H.264 annex B); a keyframe's parameter sets come
 *     first. Owned by this record: nobody changes the bytes
 * @param isKeyframe whether decoding can start here (IDR, or H.265 IRAP)
 * @param isReference whether another picture may be predicted from it (nal_ref_idc is not 0)
 * @param rtpTimestamp extended to 64 bits; for order and rate only, never for dwell
 * @param arrivalNanos steady clock at its first packet
 * @param generation changes with parameter sets, codec, resolution or session: pictures of two generations never mix
 * @param index counts the access units of one generation from 0; a step of more than one is a loss
 */
@SuppressWarnings("ArrayRecordComponent") // handed on as it came; never compared
public record AccessUnit(
        Codec codec,
        byte[] annexB,
        boolean isKeyframe,
        boolean isReference,
        long rtpTimestamp,
        long arrivalNanos,
        long generation,
        long index) {
    /** Largest picture taken from a camera. */
    public static final int MAX_BYTES = 4 << 20;

    public AccessUnit {
        if (annexB.length > MAX_BYTES) {
            throw new IllegalArgumentException("an access unit of " + annexB.length + " bytes is over " + MAX_BYTES);
        }
    }
}
