package io.fengsui.hub.ticket.workflow;

/** What a step does. */
public enum Effect {
    /** Leads to another state. */
    MOVE,
    /** Leads back to the state from which the ticket was suspended. */
    RESUME,
    /** Gives it to a unit; the state stays. */
    ASSIGN,
    /** Adds a note; the state stays. */
    COMMENT,
    /** 督办: somebody higher up watches. */
    SUPERVISE,
    /** Ends the supervision. */
    RELEASE,
    /** 申请延期: asks for more time. */
    ASK_EXTENSION,
    /** 同意延期. */
    GRANT_EXTENSION,
    /** 不同意延期. */
    DENY_EXTENSION
}
