package io.fengsui.edge.gate.trust;

/** Why sizes are believed or not; the label is the metric's tag. */
public enum TrustReason {
    /** Too few samples by this light. */
    LEARNING("learning"),
    /** Enough samples agreed. */
    AGREED("agreed"),
    /** Something was there that sizes did not show. */
    MISSED("missed"),
    /** Quiet pictures are so large that movement would not show: constant bitrate, or noise. */
    NOISY("noisy"),
    /** The camera changed between colour and infrared. */
    LIGHT("light"),
    /** What is usual became another: the bitrate's mode was changed. */
    BITRATE("bitrate"),
    /** Another stream. */
    STREAM("stream");

    private final String label;

    TrustReason(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
