package io.fengsui.hub.correlate;

/** Why an event is news of the ticket that stands for its key, or something new. */
public enum ReturnReason {
    /** Nobody is done with the ticket yet. */
    WORKED_ON,
    /** It is what the hub was answered about an event of the same key. */
    ANSWER,
    /** The hub had heard of it before the ticket was done: a revision tells nothing new. */
    HEARD_BEFORE,
    /** It was told later, and began before the ticket was done. */
    BEGAN_BEFORE,
    /** It began after the ticket was done, and not later than the reopen window: the same has come back. */
    RETURNED,
    /** It began when the ticket had been done for longer than the reopen window. */
    LONG_DONE;

    /** Whether the ticket does not stand for it. */
    public boolean isNew() {
        return this == RETURNED || this == LONG_DONE;
    }
}
