package io.fengsui.hub.notify;

/** Why something is told at the moment at which it is told. */
public enum SendReason {
    /** Nothing holds it back. */
    NOW,
    /** So severe that neither quiet hours nor limits hold. */
    TOO_SEVERE_TO_WAIT,
    /** The first of a group waits for others. */
    GROUP_WAIT,
    /** Its group was told of a moment ago. */
    GROUP_INTERVAL,
    /** The contact has quiet hours. */
    QUIET_HOURS,
    /** The contact was told as often as it wants to be. */
    LIMIT,
    /** It goes with others that wait already. */
    JOINED
}
