package io.fengsui.protocol;

/** Stands where a record was dropped or merged, so that a gap in the positions is always an error. */
public record Tombstone(Why why, EventId eventId, int revision, EventKind kind) implements RecordBody {
    /** Why the record is not there any more. */
    public enum Why {
        /** A later revision of the same event says it all. */
        MERGED,
        /** Dropped for want of room. */
        EVICTED,
        EXPIRED,
        DAMAGED
    }
}
