package io.fengsui.hub.shard.input;

import io.fengsui.protocol.value.Name;

/** What became of a command; told after the commit. */
public sealed interface CommandOutcome {
    record Done(String ticket, long version, String state) implements CommandOutcome {}

    /** @param detail for people, in both languages */
    record Refused(Cause cause, Name detail) implements CommandOutcome {}

    enum Cause {
        NO_SUCH_TICKET,
        NO_SUCH_STEP,
        /** The workflow has no such step from the state the ticket is in. */
        ILLEGAL_STEP,
        /** Whoever asks may not take this step. */
        NOT_YOUR_ROLE,
        /** The step needs something that is not there: a note, a unit, a picture … */
        SOMETHING_MISSING,
        /** Somebody else changed the ticket meanwhile. */
        STALE_VERSION,
        /** The ring is full, the hub is stopping or its database does not write: try again. */
        UNAVAILABLE
    }
}
