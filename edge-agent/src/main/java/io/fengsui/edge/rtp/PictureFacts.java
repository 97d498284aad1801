package io.fengsui.edge.rtp;

import io.fengsui.edge.bitstream.NalUnit;
import io.fengsui.edge.bitstream.SliceHeader;
import org.jspecify.annotations.Nullable;

/** What is known of the access unit being put together. Event loop of the stream only. */
final class PictureFacts {
    private static final int RECOVERY_POINT = 6;

    long timestamp;
    long arrivalNanos;
    boolean hasSlice;
    boolean isBroken;
    boolean isOversized;
    private boolean hasBegun;
    private boolean hasIdr;
    private boolean hasRecoveryPoint;
    private boolean isIntraOnly = true;
    private boolean isReference;

    boolean hasBegun() {
        return hasBegun;
    }

    void begin(long packetTimestamp, long packetNanos) {
        hasBegun = true;
        timestamp = packetTimestamp;
        arrivalNanos = packetNanos;
    }

    void onSlice(NalUnit unit, @Nullable SliceHeader header) {
        hasSlice = true;
        hasIdr |= unit.type() == NalUnit.IDR_SLICE;
        isReference |= unit.refIdc() != 0;
        isIntraOnly &= header != null && header.isIntra();
    }

    /** ITU-T H.264, D.1.8: recovery_frame_cnt of 0 means that decoding may start at this picture. */
    void onSei(NalUnit unit) {
        byte[] bytes = unit.bytes();
        int at = unit.offset() + 1;
        hasRecoveryPoint |= unit.length() >= 4 && bytes[at] == RECOVERY_POINT && (bytes[at + 2] & 0x80) != 0;
    }

    boolean isKeyframe() {
        return hasIdr || (hasRecoveryPoint && isIntraOnly);
    }

    boolean isReference() {
        return isReference;
    }
}
