package io.fengsui.hub.ticket.workflow;

/** What must be there before a step can be taken. */
public enum Guard {
    /** A note, by whoever takes the step. */
    NOTE,
    /** A unit that answers for the ticket: named with the step, or before. */
    UNIT,
    /** A picture. */
    PICTURE,
    /** With the step, until when to wait. */
    UNTIL,
    /** With the step, by how much to extend. */
    EXTENSION,
    /** What caused the ticket is over, or nobody can say. */
    CLEARED,
    /** Somebody else took the step before: nobody inspects what they did themselves. */
    OTHER_PERSON
}
