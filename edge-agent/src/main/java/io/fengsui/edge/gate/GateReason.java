package io.fengsui.edge.gate;

/** Why the gate opened or stayed shut; the label is the metric's tag. */
public enum GateReason {
    /** A keyframe, in a mode that looks at every one. */
    KEYFRAME,
    /** Its turn by count. */
    EVERY_NTH,
    /** The mode decodes everything. */
    ALL,
    /** Asked for by a person or the hub. */
    REQUESTED,
    /** Not a keyframe, in a mode that looks at keyframes only. */
    NOT_A_KEYFRAME,
    /** The last look is too recent. */
    TOO_SOON
}
