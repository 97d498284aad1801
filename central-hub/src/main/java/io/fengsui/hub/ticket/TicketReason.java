package io.fengsui.hub.ticket;

/** Why a command had the effect it had. */
public enum TicketReason {
    MOVED,
    NOTED,
    /** The ticket knows already. */
    NOTHING_NEW,
    /** The workflow has no such command at all. */
    NO_SUCH_STEP,
    /** The workflow has the command, but not from this state. */
    ILLEGAL_STEP,
    /** The ticket has changed since the person saw it. */
    STALE_VERSION
}
