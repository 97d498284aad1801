package io.fengsui.rules;

import java.util.Locale;

/** Why a rule said what it said, or said nothing. */
public enum RuleReason {
    /** Somebody stayed long enough. */
    DWELLED,
    /** Something stood still long enough. */
    STOPPED,
    /** So many at once, long enough. */
    CROWDED,
    /** Left alone long enough. */
    LEFT_ALONE,
    /** Crossed the line. */
    CROSSED,
    /** All sources say it. */
    CONFIRMED,
    /** Above its limit (long enough). */
    ABOVE,
    /** Below its limit (long enough). */
    BELOW,
    /** The state is 1 (long enough). */
    ACTIVE,
    /** Changes faster than it may. */
    CHANGES_FAST,
    /** Used less than is usual over the window. */
    NOT_USED,
    /** Used more than it may be over the window. */
    USED_TOO_MUCH,
    /** No reading for too long. */
    ABSENT,
    /** Readings come, and do not change. */
    STUCK,

    /** Still so: sent every half lease. */
    STILL_SO,
    /** Crossed a step to a worse or better severity. */
    SEVERITY_CHANGED,

    /** Seen empty for the grace. */
    LEFT,
    /** Moved on. */
    MOVED,
    /** Somebody is with it again. */
    ATTENDED,
    /** Not watched for so long that nothing can be said any more. */
    UNWATCHED,
    /** Back within its limit. */
    CLEARED,
    /** No further 1 within the off delay. */
    OFF_DELAY,

    /** Out of the rule's hours or modes. */
    OUT_OF_HOURS,
    /** Would have been told; a mute window keeps it quiet. */
    MUTED,
    /** One of the sources no longer says it. */
    NOT_CONFIRMED,
    /** So soon after one that was told. */
    COOLING_DOWN,

    /** Nothing there. */
    NOTHING,
    /** Something there, not long or often enough yet. */
    PENDING,
    /** Told already, nothing new. */
    OPEN,
    /** Gone for less than the grace. */
    GRACE,
    /** A reading of bad quality neither begins nor ends anything. */
    BAD_QUALITY,
    /** A retained reading that says what is known. */
    RETAINED_SAME,
    /** Older than what is known. */
    OUT_OF_ORDER;

    /** The stable code of an event's reason. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
