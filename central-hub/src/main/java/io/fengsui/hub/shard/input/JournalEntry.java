package io.fengsui.hub.shard.input;

import java.time.Instant;

/**
 * An input as it lies in the journal.
 *
 * @param kind which input: its lower-case name in the table
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are written as they are; never compared, never changed
public record JournalEntry(int shard, long offset, Instant receivedAt, String kind, LaneKey key, byte[] body) {
    /** Which position of which lane a record is; empty for other inputs. */
    public record LaneKey(String edge, String epoch, String lane, long sequence) {}
}
