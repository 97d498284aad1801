package io.fengsui.edge.vision;

/** Why a look was never looked at; the label is the metric's tag. */
public enum VisionDropReason {
    /** A newer look of the same camera took its place. */
    REPLACED,
    /** It waited longer than the settings allow. */
    TOO_OLD,
    /** Its range has more bytes or pictures than one job may. */
    TOO_LARGE,
    /** Too many cameras, or too many bytes, were waiting. */
    FULL,
    /** Its camera was in flight at several crashes in a row, and is left out for a while. */
    QUARANTINED,
    /** The worker died while it had it. */
    CRASH,
    /** The worker did not answer in time, and was ended. */
    TIMEOUT,
    /** The next stage was full. */
    REFUSED,
    /** The pool was closed. */
    CLOSED
}
