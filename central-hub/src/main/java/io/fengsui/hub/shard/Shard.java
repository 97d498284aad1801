package io.fengsui.hub.shard;

import io.fengsui.hub.shard.input.InputForm;
import io.fengsui.hub.shard.input.JournalEntry;
import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.runtime.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A shard put together: its ring and its writer. Which sites are whose is {@link ShardMap}'s business. */
public record Shard(int id, ShardRing ring, ShardCounts counts, Replaying replaying) {

    /** Goes through inputs again, with their own times; only before the ring is started, into an empty database. */
    @FunctionalInterface
    public interface Replaying {
        void replay(List<JournalEntry> entries);
    }

    /**
     * What a shard needs of the world.
     *
     * @param handedOver told by the writer, after the commit, that something waits to be taken over from a shard;
     *     null where this shard does so itself
     * @param isAlone whether there is no other
     */
    public record Surroundings(
            Ledger ledger,
            ForkBook forks,
            TimeSource time,
            Duration drainTime,
            @Nullable IntConsumer handedOver,
            boolean isAlone) {
        /** Of the only shard. */
        public Surroundings(Ledger ledger, ForkBook forks, TimeSource time, Duration drainTime) {
            this(ledger, forks, time, drainTime, null, true);
        }
    }

    /** @param stages in the order in which each input goes through them */
    public static Shard of(int id, Surroundings around, List<Stage> stages, List<CommitListener> listeners) {
        ShardCounts counts = new ShardCounts();
        AtomicReference<ShardRing> own = new AtomicReference<>();
        IntConsumer handedOver = around.handedOver() != null
                ? around.handedOver()
                : by -> Objects.requireNonNull(own.get()).handed(by);
        ShardParts parts = new ShardParts(
                id,
                around.ledger(),
                new LanePositions(around.ledger()),
                around.forks(),
                List.copyOf(stages),
                around.time(),
                counts,
                handedOver,
                around.isAlone());
        ShardWriter writer = new ShardWriter(parts, List.copyOf(listeners));
        Replaying replaying = entries -> writer.commit(entries.stream()
                .map(entry -> new Attempt.Item(Work.Single.of(InputForm.decode(entry)), entry.receivedAt()))
                .toList());
        ShardRing ring = new ShardRing(id, around.time(), around.drainTime(), writer, counts);
        own.set(ring);
        return new Shard(id, ring, counts, replaying);
    }
}
