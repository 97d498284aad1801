package io.fengsui.edge.action;

/** What became of an action; the label is the metric's tag. */
public enum ActionOutcome {
    /** Acknowledged by broker or server, and by the device where that is asked for. */
    DONE,
    /** The same was said just before. */
    COOLING_DOWN,
    /** Too many wait: the newest is dropped, since the first warning counts most. */
    DROPPED,
    /** It waited too long: a late warning misleads. */
    EXPIRED,
    /** Failed once, and is tried again. */
    RETRIED,
    /** The device did not confirm it, however often it was tried. */
    UNCONFIRMED,
    /** Could not be done, however often it was tried. */
    FAILED
}
