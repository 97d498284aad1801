package io.fengsui.hub.shard;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** What a shard has done since it was started; read by {@code ops}. Thread-safe. */
public final class ShardCounts {
    /** While so much that was handed over waits for the writer of tickets, the edges' writers take no records. */
    public static final int MOST_WAITING = 20_000;
    /** It is behind when the eldest has waited for longer. */
    private static final Duration BEHIND = Duration.ofSeconds(30);

    /** What an edges' writer saw at its newest tick, and since when the eldest waits, on the steady clock. */
    private record Seen(Ledger.Waiting waiting, long sinceNanos) {}

    private final LongAdder batches = new LongAdder();
    private final LongAdder changes = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder quarantined = new LongAdder();
    private final LongAdder refused = new LongAdder();

    private final LongAdder lost = new LongAdder();

    private volatile long progressNanos = Long.MIN_VALUE;
    private volatile Duration lastCommit = Duration.ZERO;
    private volatile int leftOver;
    private volatile Seen seen = new Seen(Ledger.Waiting.NOTHING, 0);
    private volatile boolean isFailing;
    private volatile Consumer<Duration> commitTimes = took -> {};

    /** Who wants to know how long each transaction took; quick, and on the writer's thread. */
    public void observe(Consumer<Duration> observer) {
        commitTimes = observer;
    }

    /** @param now when this was found, which is {@code steadyNanos} on the other clock */
    void waits(Ledger.Waiting found, Instant now, long steadyNanos) {
        Duration waits = found.since() == null ? Duration.ZERO : Duration.between(found.since(), now);
        seen = new Seen(found, steadyNanos - waits.toNanos());
    }

    /** Whether the writer of tickets is so far behind that edges are to keep their records. */
    boolean isTooMuchWaiting() {
        return seen.waiting.count() >= MOST_WAITING;
    }

    /** Whether what this writer hands over waits for too long, or is too much. */
    public boolean isBehind(long steadyNanos) {
        Seen now = seen;
        return isTooMuchWaiting() || (now.waiting.since() != null && steadyNanos - now.sinceNanos > BEHIND.toNanos());
    }

    void took(Duration commit) {
        lastCommit = commit;
        commitTimes.accept(commit);
    }

    /** How long the newest transaction took that was committed. */
    Duration lastCommit() {
        return lastCommit;
    }

    void progressed(long steadyNanos) {
        progressNanos = steadyNanos;
    }

    /**
     * Since when, on the steady clock, the writer has begun no try of a batch: it gets at least a tick a second. Empty
     * before the first.
     */
    public OptionalLong lastProgressNanos() {
        return progressNanos == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(progressNanos);
    }

    void gaveUp() {
        isFailing = true;
    }

    /** Whether the newest batch could not be written at all. */
    public boolean isFailing() {
        return isFailing;
    }

    void committed(int changed) {
        isFailing = false;
        batches.increment();
        changes.add(changed);
    }

    void failed() {
        failures.increment();
    }

    void leftOver(int inputs) {
        leftOver = inputs;
    }

    void lost() {
        lost.increment();
    }

    void quarantined() {
        quarantined.increment();
    }

    void refused() {
        refused.increment();
    }

    /** Batches committed, one transaction each. */
    public long batches() {
        return batches.sum();
    }

    public long changes() {
        return changes.sum();
    }

    /** Tries that the database failed. */
    public long failures() {
        return failures.sum();
    }

    /** Inputs that wait for the database to write again. */
    public int leftOverInputs() {
        return leftOver;
    }

    /** Inputs that there was no room to keep until the database wrote again. */
    public long lostInputs() {
        return lost.sum();
    }

    /** Inputs on which a decision threw. */
    public long quarantinedInputs() {
        return quarantined.sum();
    }

    /** Inputs not taken because the ring was full or closed, or tickets are behind. */
    public long refusedInputs() {
        return refused.sum();
    }
}
