package io.fengsui.edge.spool;

import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.spool.fault.Blame;
import io.fengsui.edge.spool.fault.Fault;
import io.fengsui.edge.spool.read.SpoolReader;
import io.fengsui.edge.spool.repair.LiveScrub;
import io.fengsui.edge.spool.room.Retention;
import io.fengsui.edge.spool.room.SpoolView;
import io.fengsui.edge.spool.store.SpoolWriter;
import io.fengsui.edge.spool.urgent.UrgentDesk;
import io.fengsui.runtime.CrashPoint;
import io.fengsui.runtime.TimeSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is written together, part by part, and which part is to blame when it fails and not by the store: a slot or a task that fails
 * again and again, while others do not, is set aside, upkeep is left out for a while, so that one bad input stops nobody. Blamed is only
 * what is known not to be on disk, see {@link Blame}. Confined to {@code ring-spool}.
 *
 * <pre>
 * WRITING --an input fails--> TRYING --others can be written--> WRITING, without what failed so often
 *    ^                          | ^--none can, or the store fails-- |
 *    |------- all can again ----|
 * </pre>
 */
final class Transaction {
    private static final Logger LOG = LoggerFactory.getLogger(Transaction.class);
    private static final long UPKEEP_NANOS = Duration.ofSeconds(60).toNanos();
    private static final long LEFT_OUT_NANOS = Duration.ofSeconds(60).toNanos();

    /** What other threads fill or read. */
    record Desks(
            WriterTasks tasks,
            PendingPositions positions,
            GapDesk gaps,
            SpoolListeners listeners,
            UrgentDesk urgent,
            SpoolView view) {}

    private enum Part {
        ROOM(Blame.Doing.UPKEEP),
        SLOTS(Blame.Doing.INPUTS),
        TASKS(Blame.Doing.INPUTS),
        POSITIONS(Blame.Doing.UPKEEP),
        UPKEEP(Blame.Doing.UPKEEP),
        SCRUB(Blame.Doing.UPKEEP),
        LOSSES(Blame.Doing.UPKEEP),
        COMMIT(Blame.Doing.INPUTS),
        /** Others than what failed, and the commit of nothing else. */
        TRIAL(Blame.Doing.TRIAL);

        private final Blame.Doing doing;

        Part(Blame.Doing doing) {
            this.doing = doing;
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws SQLException;
    }

    private final HeldBatch batch;
    private final Desks desks;
    private final Retention retention;
    private final TimeSource time;
    private final LiveScrub scrub;
    private final Map<Part, Long> leftOutUntil = new EnumMap<>(Part.class);
    private Part part = Part.COMMIT;
    /** Of the last transaction, until it is known what became of it; null when it came through. */
    private @Nullable Throwable thrown;
    /** What an input was suspected for; others are tried before it is tried again. */
    private @Nullable Throwable suspicion;
    /** Owed after an opening and after each failure: only a commit shows that there can be one. */
    private boolean isOwed;

    private boolean isUpkeepDue;
    private boolean isScrubbed;
    private long upkeepAtNanos;

    Transaction(HeldBatch batch, Desks desks, Retention retention, TimeSource time) {
        this.batch = batch;
        this.desks = desks;
        this.retention = retention;
        this.time = time;
        this.upkeepAtNanos = time.steadyNanos();
        this.scrub = new LiveScrub(upkeepAtNanos);
    }

    /** There is one to be made, also of nothing. */
    void owed() {
        isOwed = true;
    }

    boolean isOwed() {
        return isOwed;
    }

    /** Whether the last one was a trial: nothing that is held is in it. */
    boolean isTrial() {
        return part == Part.TRIAL;
    }

    /** Whether there is something to write. */
    boolean isDue(SpoolWriter writer, @Nullable SpoolReader anchor, boolean isIdle) {
        isUpkeepDue = isFound(
                Part.UPKEEP, () -> retention.isOverBudget(writer) || isIdle && time.steadyNanos() - upkeepAtNanos >= 0);
        isScrubbed = isFound(Part.SCRUB, () -> scrub.look(anchor, time.steadyNanos()));
        return !batch.isEmpty()
                || !desks.tasks().isEmpty()
                || !desks.positions().isEmpty()
                || !desks.gaps().isEmpty()
                || isUpkeepDue
                || isScrubbed
                || isOwed;
    }

    private boolean isFound(Part one, BooleanSupplier look) {
        try {
            return !isLeftOut(one) && look.getAsBoolean();
        } catch (RuntimeException e) {
            leaveOut(one, e);
            return false;
        }
    }

    private void leaveOut(Part one, Throwable why) {
        LOG.error("the spool goes on without this for a while: part={}", one, why);
        leftOutUntil.put(one, time.steadyNanos() + LEFT_OUT_NANOS);
    }

    /** @param number of the batch, which is part of it */
    void write(SpoolWriter writer, long number) throws SQLException {
        part = Part.ROOM;
        writer.keepLogShort(retention.isDiskShort());
        batch.keepPortionsSmall(retention.isDiskShort());
        writer.begin(time.wall().toEpochMilli(), time.steadyNanos());
        run(Part.ROOM, () -> retention.makeRoom(writer, batch.portionBytes()));
        if (suspicion != null) {
            part = Part.TRIAL;
            batch.tryOthers(writer);
            writer.commit(number);
            return;
        }
        run(Part.SLOTS, () -> batch.writeTo(writer));
        run(Part.TASKS, () -> desks.tasks().run(writer));
        run(Part.POSITIONS, () -> desks.positions().writeTo(writer));
        if (isUpkeepDue) {
            run(Part.UPKEEP, () -> retention.upkeep(writer));
            upkeepAtNanos = time.steadyNanos() + UPKEEP_NANOS;
        }
        if (isScrubbed) {
            run(Part.SCRUB, () -> desks.view().damaged(scrub.mend(writer)));
        }
        run(Part.LOSSES, () -> desks.gaps().writeTo(writer, time.steadyNanos()));
        part = Part.COMMIT;
        CrashPoint.SPOOL_BEFORE_COMMIT.reached();
        writer.commit(number);
        CrashPoint.SPOOL_AFTER_COMMIT.reached();
    }

    private void run(Part next, Step step) throws SQLException {
        part = next;
        if (!isLeftOut(next)) {
            step.run();
        }
    }

    private boolean isLeftOut(Part one) {
        Long until = leftOutUntil.get(one);
        if (until != null && time.steadyNanos() - until >= 0) {
            leftOutUntil.remove(one);
            return false;
        }
        return until != null;
    }

    /** It failed; whether it is on disk all the same is not known yet. */
    void failed(Throwable e) {
        thrown = e;
        isOwed = true;
    }

    /** Whether the last one failed by an input, as far as is known. */
    boolean isOfItself() {
        return thrown != null && Blame.of(part.doing, Fault.of(thrown)) == Blame.Verdict.SUSPECTED;
    }

    /** It is on disk: nothing in it is to blame. Returns the slot that is, since others came through. */
    Optional<Slot> committed() {
        Throwable why = suspicion;
        thrown = null;
        suspicion = null;
        retention.committed();
        if (isTrial()) {
            return why == null ? Optional.empty() : setAside(why);
        }
        isOwed = false;
        desks.positions().committed();
        desks.gaps().committed(time.steadyNanos());
        return Optional.empty();
    }

    private Optional<Slot> setAside(Throwable why) {
        desks.tasks().giveUp(why);
        Optional<Slot> aside = batch.setAside();
        aside.ifPresent(slot -> LOG.error(
                "a slot cannot be written, however often, while others can, and is set aside: events={} states={}",
                slot.events().stream().map(event -> event.id().toString()).toList(),
                slot.stateChanges().stream().map(Slot.StateChange::key).toList(),
                why));
        return aside;
    }

    /** It is not on disk. */
    void rolledBack() {
        retention.rolledBack();
        desks.gaps().rolledBack();
        Throwable why = thrown;
        thrown = null;
        if (why != null) {
            blame(Blame.of(part.doing, Fault.of(why)), why);
        }
    }

    private void blame(Blame.Verdict verdict, Throwable why) {
        switch (verdict) {
            case STORE_FAILED -> {}
            case SUSPECTED -> {
                suspicion = why;
                if (part == Part.TASKS) {
                    desks.tasks().suspect();
                } else {
                    batch.suspect();
                }
            }
            case ALL_FAIL -> {
                LOG.error(
                        "whatever is written fails, so nothing of it is set aside; if it stays so and the disk is well"
                                + " only a restart helps",
                        why);
                batch.acquit();
                desks.tasks().acquit();
            }
            case LEFT_OUT -> leaveOut(part, why);
        }
    }
}
