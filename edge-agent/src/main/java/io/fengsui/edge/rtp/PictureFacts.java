package io.fengsui.edge.rtp;

/** What is known of the access unit being put together. Event loop of the stream only. */
final class PictureFacts {
    long timestamp;
    long arrivalNanos;
    boolean hasSlice;
    boolean isBroken;
    boolean isOversized;
    private boolean hasBegun;
    private boolean hasEntry;
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

    void onSlice(UnitSyntax.Slice slice) {
        hasSlice = true;
        hasEntry |= slice.isEntry();
        isReference |= slice.isReference();
        isIntraOnly &= slice.isIntra();
    }

    void onRecoveryPoint() {
        hasRecoveryPoint = true;
    }

    boolean isKeyframe() {
        return hasEntry || (hasRecoveryPoint && isIntraOnly);
    }

    boolean isReference() {
        return isReference;
    }
}
