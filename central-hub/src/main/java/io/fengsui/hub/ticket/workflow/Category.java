package io.fengsui.hub.ticket.workflow;

/** What a state of a workflow means to the program; everything else about states is data. */
public enum Category {
    /** Somebody still has to do something. */
    OPEN,
    /** 缓办: it has to wait; no deadline runs meanwhile. */
    SUSPENDED,
    /** Done. */
    CLOSED,
    /** 作废: there was nothing to do. */
    VOID;

    /** Whether it still wants somebody's work, now or later. */
    public boolean isUnfinished() {
        return this == OPEN || this == SUSPENDED;
    }
}
