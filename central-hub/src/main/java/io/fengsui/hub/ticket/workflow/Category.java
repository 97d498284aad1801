package io.fengsui.hub.ticket.workflow;

/** What a state of a workflow means to the program; everything else about states is data. */
public enum Category {
    /** Somebody still has to do something. */
    OPEN,
    /** Done. */
    CLOSED,
    /** 作废: there was nothing to do. */
    VOID
}
