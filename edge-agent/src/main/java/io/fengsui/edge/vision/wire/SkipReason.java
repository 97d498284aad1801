package io.fengsui.edge.vision.wire;

/** Why a worker gave no result for a job; the label is the metric's tag. */
public enum SkipReason {
    /** The first access unit does not carry its parameter sets. */
    NO_PARAMETER_SETS,
    /** The decoder gave no picture. */
    NO_PICTURE,
    /** The decoder gave pictures, all of them damaged. */
    CORRUPT,
    /** The decoder refuses the stream: too large, or a profile it does not know. */
    UNSUPPORTED,
    /** The decoder that was kept for this camera is no longer there: the range has to come from its keyframe on. */
    DECODER_GONE,
    /** A step after decoding failed. */
    FAILED
}
