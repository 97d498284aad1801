package io.fengsui.edge.vision;

/** State of one worker; the label is the metric's tag. */
public enum VisionState {
    /** The process is being started, or loads its model. */
    STARTING,
    /** It takes jobs. */
    READY,
    /** It ended; the next start waits its backoff. */
    DOWN,
    /** The pool was closed. */
    CLOSED
}
