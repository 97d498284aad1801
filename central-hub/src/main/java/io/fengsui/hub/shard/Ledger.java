package io.fengsui.hub.shard;

import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.input.JournalEntry;
import io.fengsui.hub.shard.stage.Change;
import io.fengsui.hub.shard.stage.Turn;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.LanePosition;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** Lays down what the writer of tickets is to take over. */
    void handOver(Collection<Handover> handovers);

    /** By which shards something was handed over that is to be taken next, under the eldest plan that there is. */
    List<Integer> handing();

    /**
     * The first of what a shard handed over under the eldest plan, in the order in which it was.
     *
     * @param upTo nothing after this one, and of its plan and shard; null when there is no bound
     * @param limit so many at most; fewer when they are large, but one
     */
    Handovers handed(int shard, Input.@Nullable From upTo, int limit);

    /** What was handed over by whichever shard and is not taken yet. */
    Waiting waiting(int most);

    /** What {@link #handed} gave is taken over: nobody gets it again. */
    void takenOver(List<Input.HandedOver> handovers);

    /** @param isMore whether there may be more of the shard's */
    record Handovers(List<Input.HandedOver> all, boolean isMore) {}

    /** Something handed over by an input of a shard, of which it is the {@code part}-th, from 0 on. */
    record Handover(int shard, long offset, int part, Instant at, Turn.Handed handed) {}

    /**
     * @param count as many as there are, or the most that were to be counted
     * @param since when the eldest was handed over; null when there is none
     */
    record Waiting(int count, @Nullable Instant since) {
        public static final Waiting NOTHING = new Waiting(0, null);
    }

    record Advance(String edge, String epoch, LanePosition position) {}

    /** An input on which a decision threw. */
    @SuppressWarnings("ArrayRecordComponent")
    record Quarantined(int shard, long offset, Instant at, String reason, byte[] body) {}
}
