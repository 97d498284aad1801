package io.fengsui.hub.correlate;

/** Why an event is news of the ticket that stands for its key, or something new. */
public enum ReturnReason {
    /** Nobody is done with the ticket yet. */
    WORKED_ON,
    /** It is what the hub was answered about an event of the same key. */
    ANSWER,
    /** The hub had heard of it before the ticket was done: a revision tells nothing new. */
    HEARD_BEFORE,
    /** The hub had heard of it, and it is worse now than its ticket, or it in that ticket, was when that was done: nobody dealt with that. */
    WORSE,
    /** It began before the ticket was done, and was over when it was told later: it may be what somebody just dealt with. */
    OVER,
    /** It began before the ticket was done, was first told later, and nothing says that it is over: nobody knew of it. */
    TOLD_AFTER,
    /** It began after the ticket was done, and not later than the reopen window: the same has come back. */
    RETURNED,
    /** It began when the ticket had been done for longer than the reopen window. */
    LONG_DONE;

    /** Whether the ticket does not stand for it. */
    public boolean isNew() {
        return this == WORSE || this == TOLD_AFTER || this == RETURNED || this == LONG_DONE;
    }

    /** Whether its own ticket names that ticket as the one before. */
    boolean isSoonAfter() {
        return this == WORSE || this == TOLD_AFTER || this == RETURNED;
    }
}
