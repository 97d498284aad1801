package io.fengsui.edge.action;

/** What became of an action; the label is the metric's tag. */
public enum ActionOutcome {
    /** The broker acknowledged it. */
    DONE,
    /** The same was said just before. */
    COOLING_DOWN,
    /** Too many wait: the newest is dropped, since the first warning counts most. */
    DROPPED,
    /** It waited too long for its broker: a late warning misleads. */
    EXPIRED,
    /** The broker could not be reached or refused. */
    FAILED
}
