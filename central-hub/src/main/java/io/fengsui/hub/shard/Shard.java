package io.fengsui.hub.shard;

import io.fengsui.hub.shard.input.InputForm;
import io.fengsui.hub.shard.input.JournalEntry;
import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.runtime.TimeSource;
import java.time.Duration;
import java.util.List;

/** A shard put together: its ring and its writer. Which sites are whose is {@link ShardMap}'s business. */
public record Shard(int id, ShardRing ring, ShardCounts counts, Replaying replaying) {

    /** Goes through inputs again, with their own times; only before the ring is started, into an empty database. */
    @FunctionalInterface
    public interface Replaying {
        void replay(List<JournalEntry> entries);
    }

    /** What a shard needs of the world. */
    public record Surroundings(Ledger ledger, ForkBook forks, TimeSource time, Duration drainTime) {}

    /** @param stages in the order in which each input goes through them */
    public static Shard of(int id, Surroundings around, List<Stage> stages, List<CommitListener> listeners) {
        ShardCounts counts = new ShardCounts();
        ShardParts parts = new ShardParts(
                id,
                around.ledger(),
                new LanePositions(around.ledger()),
                around.forks(),
                List.copyOf(stages),
                around.time());
        ShardWriter writer = new ShardWriter(parts, counts, List.copyOf(listeners));
        Replaying replaying = entries -> writer.commit(entries.stream()
                .map(entry -> new Attempt.Item(Work.Single.of(InputForm.decode(entry)), entry.receivedAt()))
                .toList());
        return new Shard(id, new ShardRing(id, around.time(), around.drainTime(), writer, counts), counts, replaying);
    }
}
