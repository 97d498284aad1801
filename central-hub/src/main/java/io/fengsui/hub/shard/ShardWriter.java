package io.fengsui.hub.shard;

import io.fengsui.hub.intake.EventLog.Appended;
import io.fengsui.hub.intake.greeting.Greeting;
import io.fengsui.hub.intake.greeting.GreetingReason;
import io.fengsui.hub.shard.input.CommandOutcome;
import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.protocol.link.Refusal;
import io.fengsui.protocol.value.Name;
import io.fengsui.runtime.Backoff;
import io.fengsui.runtime.CrashPoint;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits batches, each in one transaction, and tells of it afterwards.
 *
 * <p>After any database error the memory is thrown away and the committed position read again: if the batch is there
 * after all it is told as committed, else it is tried again, and given up after {@value #MAX_TRIES} tries: who can say it
 * again is refused, the rest goes into the next batch. An input on which a decision throws is committed as quarantined;
 * so is one whose row the database refuses, which is found by writing after each input. Writer's thread only.
 */
final class ShardWriter {
    private static final Logger LOG = LoggerFactory.getLogger(ShardWriter.class);
    private static final int MAX_TRIES = 3;

    private final ShardParts parts;
    private final ShardCounts counts;
    private final List<CommitListener> listeners;
    private final Leftovers leftovers = new Leftovers();
    private long lastOffset = -1;
    private long lastChange = -1;

    ShardWriter(ShardParts parts, ShardCounts counts, List<CommitListener> listeners) {
        this.parts = parts;
        this.counts = counts;
        this.listeners = listeners;
    }

    void commit(List<Attempt.Item> fresh) {
        List<Attempt.Item> items = leftovers.before(fresh);
        counts.leftOver(0);
        Map<Integer, String> undecidable = new HashMap<>();
        boolean isCareful = false;
        Backoff backoff = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1), ThreadLocalRandom.current());
        while (true) {
            try {
                attempt(items, undecidable, isCareful);
                return;
            } catch (UndecidableException e) {
                LOG.error(
                        "input quarantined: no decision was possible shard={} offset={}", parts.shard(), e.offset(), e);
                counts.quarantined();
                undecidable.put(e.index(), String.valueOf(e.getMessage()));
                isCareful = false;
                startOver();
            } catch (RowRefusedException e) {
                startOver();
                if (isCareful && giveUpOrWait(items, backoff, e)) {
                    return;
                }
                isCareful = true;
            } catch (UncertainCommitException e) {
                if (isThereAfterAll(e.attempt())) {
                    tell(e.attempt());
                    return;
                }
                if (giveUpOrWait(items, backoff, e)) {
                    return;
                }
            } catch (RuntimeException e) {
                startOver();
                if (giveUpOrWait(items, backoff, e)) {
                    return;
                }
            }
        }
    }

    /** Something threw that nothing here expects: the batch is given up, and the shard goes on with the next. */
    void abandon(List<Attempt.Item> items, Throwable why) {
        startOver();
        counts.failed();
        counts.gaveUp();
        items.forEach(item -> tellSafely(() -> refuse(item, why.toString())));
        counts.leftOver(leftovers.size());
    }

    private void attempt(List<Attempt.Item> items, Map<Integer, String> undecidable, boolean isCareful) {
        long begun = parts.time().steadyNanos();
        counts.progressed(begun);
        Ledger ledger = parts.ledger();
        ledger.begin();
        if (lastOffset < 0) {
            lastOffset = ledger.lastOffset(parts.shard());
            lastChange = ledger.lastChange(parts.shard());
        }
        Attempt attempt = new Attempt(parts, lastOffset, undecidable, isCareful);
        items.forEach(attempt::take);
        attempt.write(lastChange);
        CrashPoint.HUB_BEFORE_COMMIT.reached();
        try {
            ledger.commit();
        } catch (RuntimeException e) {
            throw attempt.isEmpty() ? e : new UncertainCommitException(attempt, e);
        }
        CrashPoint.HUB_AFTER_COMMIT.reached();
        counts.took(Duration.ofNanos(parts.time().steadyNanos() - begun));
        tell(attempt);
        CrashPoint.HUB_AFTER_TELLING.reached();
    }

    private void tell(Attempt attempt) {
        lastOffset = attempt.lastOffset();
        lastChange += attempt.changes().size();
        counts.committed(attempt.changes().size());
        attempt.replies().forEach(this::tellSafely);
        if (!attempt.changes().isEmpty()) {
            listeners.forEach(listener -> tellSafely(() -> listener.onCommit(attempt.changes())));
        }
    }

    private void tellSafely(Runnable reply) {
        try {
            reply.run();
        } catch (RuntimeException e) {
            LOG.warn("a listener to commits threw shard={}", parts.shard(), e);
        }
    }

    /** A commit that threw may have happened: the journal knows. */
    private boolean isThereAfterAll(Attempt attempt) {
        startOver();
        try {
            lastOffset = parts.ledger().lastOffset(parts.shard());
            lastChange =
                    parts.ledger().lastChange(parts.shard()) - attempt.changes().size();
            if (lastOffset == attempt.lastOffset() && parts.ledger().holds(attempt.lastEntry())) {
                return true;
            }
        } catch (RuntimeException e) {
            LOG.warn("the committed position cannot be read shard={}", parts.shard(), e);
        }
        lastOffset = -1;
        lastChange = -1;
        return false;
    }

    private void startOver() {
        lastOffset = -1;
        lastChange = -1;
        parts.stages().forEach(Stage::forget);
        parts.positions().forget();
        try {
            parts.ledger().rollback();
        } catch (RuntimeException e) {
            LOG.warn("rolling back failed shard={}", parts.shard(), e);
        }
    }

    private boolean giveUpOrWait(List<Attempt.Item> items, Backoff backoff, RuntimeException why) {
        counts.failed();
        if (backoff.failures() >= MAX_TRIES - 1 || Thread.currentThread().isInterrupted()) {
            LOG.error(
                    "a batch could not be written and is put off shard={} inputs={}", parts.shard(), items.size(), why);
            counts.gaveUp();
            items.forEach(item -> tellSafely(() -> refuse(item, String.valueOf(why.getMessage()))));
            counts.leftOver(leftovers.size());
            return true;
        }
        LOG.warn("writing a batch failed, trying again shard={}", parts.shard(), why);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(backoff.next().toMillis() + 1));
        return false;
    }

    private void refuse(Attempt.Item item, String detail) {
        switch (item.work()) {
            case Work.Greet greet ->
                greet.reply()
                        .accept(new Greeting.Refused(
                                Refusal.Cause.OVERLOADED, GreetingReason.LOG_FAILED, "the hub cannot write now"));
            case Work.Append append -> append.reply().accept(new Appended.Failed(detail));
            case Work.Command command ->
                command.reply()
                        .complete(new CommandOutcome.Refused(
                                CommandOutcome.Cause.UNAVAILABLE,
                                new Name("数据库暂时无法写入，请稍后再试", "the database does not write now; try again")));
            case Work.Single single -> {
                if (!leftovers.keep(single, item)) {
                    LOG.error("an input is lost: {}", single.input().getClass().getSimpleName());
                    counts.lost();
                    single.lost().run();
                }
            }
            case Work.Tick tick -> LOG.debug("a tick is lost");
        }
    }

    /** The commit itself threw: nobody knows yet whether it happened. */
    private static final class UncertainCommitException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient @Nullable Attempt attempt;

        UncertainCommitException(Attempt attempt, RuntimeException cause) {
            super(cause.getMessage(), cause);
            this.attempt = attempt;
        }

        Attempt attempt() {
            if (attempt == null) {
                throw new IllegalStateException("never serialized");
            }
            return attempt;
        }
    }
}
