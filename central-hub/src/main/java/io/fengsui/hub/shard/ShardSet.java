package io.fengsui.hub.shard;

import io.fengsui.hub.intake.EventLog;
import io.fengsui.hub.intake.evidence.StoredEvidence;
import io.fengsui.hub.intake.greeting.Greeting;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.link.RecordBatch;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * All shards of a hub: what an edge says goes to the writer of that edge, everything else to the first. Thread-safe.
 *
 * @param all in the order of their numbers
 */
public record ShardSet(ShardMap map, List<Shard> all) implements EventLog, AutoCloseable {
    public ShardSet {
        all = List.copyOf(all);
        if (all.size() != map.writers()) {
            throw new IllegalArgumentException(all.size() + " shards and not " + map.writers());
        }
    }

    /** The one that decides about tickets. */
    public Shard first() {
        return all.getFirst();
    }

    private ShardRing of(String edge) {
        return all.get(map.shardOf(edge)).ring();
    }

    /** Starts all writers; the first one looks at once what an earlier life handed over, if it does not do so anyway. */
    public void start() {
        all.forEach(shard -> shard.ring().start());
        if (all.size() > 1) {
            first().ring().handed(Work.Handed.ANY);
        }
    }

    /** Asks the stages what is due; to be called about once a second. */
    public void tick() {
        all.forEach(shard -> shard.ring().tick());
    }

    @Override
    public boolean greet(Hello hello, Duration clockOffset, Consumer<Greeting> reply) {
        return of(hello.identity().edge()).greet(hello, clockOffset, reply);
    }

    @Override
    public boolean append(String edge, RecordBatch batch, Consumer<Appended> reply) {
        return of(edge).append(edge, batch, reply);
    }

    @Override
    public boolean appendVolatile(String edge, byte[] body) {
        return of(edge).appendVolatile(edge, body);
    }

    @Override
    public boolean renew(String edge, List<EventId> open) {
        return of(edge).renew(edge, open);
    }

    @Override
    public boolean measured(String edge, Duration clockOffset) {
        return of(edge).measured(edge, clockOffset);
    }

    @Override
    public boolean left(String edge, String detail) {
        return of(edge).left(edge, detail);
    }

    @Override
    public boolean fork(Fork fork) {
        return of(fork.edge()).fork(fork);
    }

    /** Pictures are the tickets'. */
    @Override
    public boolean stored(StoredEvidence evidence, Runnable committed, Runnable lost) {
        return first().ring().stored(evidence, committed, lost);
    }

    /** Of all shards together. */
    public long sum(ToLongFunction<Shard> figure) {
        return all.stream().mapToLong(figure).sum();
    }

    /** Whether a shard's newest batch could not be written at all. */
    public boolean isFailing() {
        return all.stream().anyMatch(shard -> shard.counts().isFailing());
    }

    /** Whether the writer of tickets is far behind the edges' writers. */
    public boolean isBehind(long steadyNanos) {
        return all.stream().anyMatch(shard -> shard.counts().isBehind(steadyNanos));
    }

    /** Slots that are free in the fullest ring. */
    public long remaining() {
        return all.stream().mapToLong(shard -> shard.ring().remaining()).min().orElse(0);
    }

    /** Takes nothing more, and commits what waits: the edges' writers first, for they hand over to the first. All of it within the drain time. */
    @Override
    public void close() {
        long until = System.nanoTime() + first().ring().drainTime().toNanos();
        for (Shard shard : all.reversed()) {
            long left = Math.max(0, until - System.nanoTime());
            shard.ring().close(Duration.ofMillis(Math.ceilDiv(left, 1_000_000L)));
        }
    }

    /** As if the process had died. */
    public void abort() {
        all.forEach(shard -> shard.ring().abort());
    }
}
