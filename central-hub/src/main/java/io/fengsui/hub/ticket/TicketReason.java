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
    STALE_VERSION,
    /** Whoever asks may not take this step. */
    ROLE_NOT_ALLOWED,
    NOTE_NEEDED,
    /** No unit answers for it, and none was named. */
    UNIT_NEEDED,
    PICTURE_NEEDED,
    /** No end of the suspension was named, or one that is past or more than a year off. */
    UNTIL_NEEDED,
    /** It was not said by how much to extend. */
    EXTENSION_NEEDED,
    /** What caused it is still there. */
    NOT_CLEARED,
    /** Whoever took the step before cannot take this one. */
    SAME_PERSON,
    /** An extension is asked for already and not decided. */
    ASKED_ALREADY,
    /** There is no extension to decide on. */
    NOTHING_ASKED
}
