package io.fengsui.hub.intake.greeting;

/** Why an edge that greets is not served. */
public enum GreetingReason {
    /** The conversation's version is not spoken here. */
    VERSION,
    /** This epoch was seen on two boxes; enrolling again gives a new one. */
    EPOCH_FORKED,
    /** The edge's spool ends before what the hub has of it: its past was lost or replaced. */
    SPOOL_BEHIND,
    /** The same position with another prefix hash: its past was rewritten. */
    PREFIX_DIFFERS,
    /** The hub needs records that the edge no longer has. */
    RECORDS_GONE,
    /** The log could not write. */
    LOG_FAILED
}
