package io.fengsui.hub.shard;

import io.fengsui.hub.shard.stage.Stage;
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
 * so is one whose row the database refuses, which is found by writing after each input. What was handed over comes again
 * until it is taken: when batches with some of it end by an error, each is taken alone, and one that fails alone is
 * quarantined. Writer's thread only.
 */
final class ShardWriter {
    private static final Logger LOG = LoggerFactory.getLogger(ShardWriter.class);
    private static final int MAX_TRIES = 3;
    /** Taken over alone before other inputs get their turn. */
    private static final int MOST_ALONE = 256;

    private final ShardParts parts;
    private final ShardCounts counts;
    private final List<CommitListener> listeners;
    private final Leftovers leftovers = new Leftovers();
    private long lastOffset = -1;
    private long lastChange = -1;
    /** Whether something may wait that an only writer takes over before anything else. */
    private boolean mayHaveBacklog = true;

    private final Suspects suspects = new Suspects(MAX_TRIES);
    private List<Attempt.Item> underWay = List.of();
    private @Nullable Attempt newest;

    ShardWriter(ShardParts parts, List<CommitListener> listeners) {
        this.parts = parts;
        this.counts = parts.counts();
        this.listeners = listeners;
    }

    void commit(List<Attempt.Item> fresh) {
        newest = null;
        underWay = fresh; // whatever ends the next line: the batch before it is not given up once more
        underWay = leftovers.before(fresh);
        counts.leftOver(0);
        takeSuspects();
        run(underWay, suspects.isEmpty() ? Attempt.Portion.USUAL : Attempt.Portion.NONE, Map.of());
    }

    /**
     * False when the batch was given up.
     *
     * @param poison which inputs are to be quarantined, counted from 1, and why
     */
    private boolean run(List<Attempt.Item> items, Attempt.Portion portion, Map<Integer, String> poison) {
        Map<Integer, String> undecidable = new HashMap<>(poison);
        boolean isCareful = false;
        Backoff backoff = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1), ThreadLocalRandom.current());
        while (true) {
            try {
                attempt(items, portion, undecidable, isCareful);
                return true;
            } catch (BacklogException e) {
                startOver();
                if (!takeOverFirst()) {
                    giveUp(items, e);
                    return false;
                }
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
                    return false;
                }
                isCareful = true;
            } catch (UncertainCommitException e) {
                if (isThereAfterAll(e.attempt())) {
                    tell(e.attempt());
                    return true;
                }
                if (giveUpOrWait(items, backoff, e)) {
                    return false;
                }
            } catch (RuntimeException e) {
                startOver();
                if (giveUpOrWait(items, backoff, e)) {
                    return false;
                }
            }
        }
    }

    /** Something threw that nothing here expects: the batch is given up, and the shard goes on with the next. */
    void abandon(Throwable why) {
        LOG.error("the shard's writer failed on a batch shard={} inputs={}", parts.shard(), underWay.size(), why);
        startOver();
        counts.failed();
        counts.gaveUp();
        if (newest != null) {
            suspects.failed(newest.takenFrom());
        }
        underWay.forEach(item -> tellSafely(() -> refuse(item, why.toString())));
        counts.leftOver(leftovers.size());
    }

    /**
     * What was handed over when there were several writers comes before anything new: it is older news of edges that are
     * this writer's now. False when the database does not take it.
     */
    private boolean takeOverFirst() {
        while (true) {
            Work.Handed handed = new Work.Handed(Work.Handed.ANY);
            if (!run(List.of(new Attempt.Item(handed, parts.time().wall())), Attempt.Portion.BACKLOG, Map.of())) {
                return false;
            }
            if (handed.bound().last.isEmpty()) {
                return true;
            }
        }
    }

    private void takeSuspects() {
        for (int i = 0; !suspects.isEmpty() && (i < MOST_ALONE || parts.isAlone()); i++) {
            if (!takeAlone(suspects.next())) {
                return;
            }
        }
    }

    /** False when the database does not take it. */
    private boolean takeAlone(int from) {
        Work.Handed handed = new Work.Handed(from);
        List<Attempt.Item> alone = List.of(new Attempt.Item(handed, parts.time().wall()));
        try {
            boolean isWritten = run(alone, Attempt.Portion.ONE, Map.of());
            if (isWritten) {
                suspects.passed();
            }
            return isWritten;
        } catch (Error e) {
            startOver();
            if (handed.bound().last.isEmpty()) {
                suspects.passed(); // it was not even read
                throw e;
            }
            LOG.error("handover quarantined: it fails alone shard={} from={}", parts.shard(), handed.bound().last, e);
            counts.quarantined();
            suspects.found();
            return run(alone, Attempt.Portion.ONE, Map.of(1, e.toString()));
        }
    }

    /** Throws when something is to be taken over before this batch. */
    private void lookForBacklog() {
        if (parts.isAlone() && mayHaveBacklog) {
            if (!parts.ledger().handing().isEmpty()) {
                throw new BacklogException();
            }
            mayHaveBacklog = false;
        }
    }

    private void attempt(
            List<Attempt.Item> items, Attempt.Portion portion, Map<Integer, String> undecidable, boolean isCareful) {
        long begun = parts.time().steadyNanos();
        counts.progressed(begun);
        Ledger ledger = parts.ledger();
        ledger.begin();
        if (lastOffset < 0) {
            lastOffset = ledger.lastOffset(parts.shard());
            lastChange = ledger.lastChange(parts.shard());
        }
        if (!portion.isAlone()) {
            lookForBacklog();
        }
        Attempt attempt = new Attempt(parts, lastOffset, portion, undecidable, isCareful);
        newest = attempt;
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
        mayHaveBacklog = true;
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
            giveUp(items, why);
            return true;
        }
        LOG.warn("writing a batch failed, trying again shard={}", parts.shard(), why);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(backoff.next().toMillis() + 1));
        return false;
    }

    private void giveUp(List<Attempt.Item> items, RuntimeException why) {
        LOG.error("a batch could not be written and is put off shard={} inputs={}", parts.shard(), items.size(), why);
        counts.gaveUp();
        items.forEach(item -> tellSafely(() -> refuse(item, String.valueOf(why.getMessage()))));
        counts.leftOver(leftovers.size());
    }

    private void refuse(Attempt.Item item, String detail) {
        if (!(item.work() instanceof Work.Single single)) {
            item.work().refuse(detail);
        } else if (!leftovers.keep(single, item)) {
            LOG.error("an input is lost: {}", single.input().getClass().getSimpleName());
            counts.lost();
            single.lost().run();
        }
    }

    /** Something waits that must be taken over first. */
    private static final class BacklogException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BacklogException() {
            super("what was handed over earlier cannot be written");
        }
    }
}
