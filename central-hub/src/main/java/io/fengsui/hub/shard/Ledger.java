package io.fengsui.hub.shard;

import io.fengsui.hub.shard.input.JournalEntry;
import io.fengsui.hub.shard.stage.Change;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.LanePosition;
import java.time.Instant;
import java.util.Collection;

/**
 * The shard's own rows and the transaction around everything. Any method may throw; then nothing since {@link #begin()}
 * counts. Writer's thread only.
 */
public interface Ledger {
    void begin();

    void commit();

    /** Ends the transaction without effect; does nothing when there is none. */
    void rollback();

    /** Offset of the newest committed journal entry, 0 when there is none. */
    long lastOffset(int shard);

    long lastChange(int shard);

    /** Whether this very entry is in the journal. */
    boolean holds(JournalEntry entry);

    LanePosition position(String edge, String epoch, Lane lane);

    void append(Collection<JournalEntry> entries);

    void advance(Collection<Advance> positions);

    void changes(Collection<Change> changes);

    void quarantine(Collection<Quarantined> inputs);

    record Advance(String edge, String epoch, LanePosition position) {}

    /** An input on which a decision threw. */
    @SuppressWarnings("ArrayRecordComponent")
    record Quarantined(int shard, long offset, Instant at, String reason, byte[] body) {}
}
