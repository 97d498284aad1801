package io.fengsui.hub.shard;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** What a shard has done since it was started; read by {@code ops}. Thread-safe. */
public final class ShardCounts {
    private final LongAdder batches = new LongAdder();
    private final LongAdder changes = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder quarantined = new LongAdder();
    private final LongAdder refused = new LongAdder();

    private final LongAdder lost = new LongAdder();

    private volatile long progressNanos = Long.MIN_VALUE;
    private volatile Duration lastCommit = Duration.ZERO;
    private volatile int leftOver;
    private volatile boolean isFailing;
    private volatile Consumer<Duration> commitTimes = took -> {};

    /** Who wants to know how long each transaction took; quick, and on the writer's thread. */
    public void observe(Consumer<Duration> observer) {
        commitTimes = observer;
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

    /** Inputs not taken because the ring was full or closed. */
    public long refusedInputs() {
        return refused.sum();
    }
}
