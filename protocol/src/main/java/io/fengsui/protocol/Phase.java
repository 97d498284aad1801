package io.fengsui.protocol;

/** Where an event stands in its life. */
public enum Phase {
    BEGUN,
    UPDATED,
    ENDED,
    /** Began and ended in one: nothing follows but revisions of its evidence. */
    INSTANT;

    /** Whether the condition still holds, as far as the edge knows. */
    public boolean isOpen() {
        return this == BEGUN || this == UPDATED;
    }
}
