package io.fengsui.edge.spool;

import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.spool.read.SpoolReader;
import io.fengsui.edge.spool.repair.LiveScrub;
import io.fengsui.edge.spool.room.Retention;
import io.fengsui.edge.spool.room.SpoolView;
import io.fengsui.edge.spool.store.SpoolException;
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
 * What is written together, part by part, and which part is to blame when it fails of itself and not by the disk: a slot or a task
 * that fails again and again is set aside, upkeep is left out for a while, so that one bad input stops nobody. Blamed is only
 * what is known not to be on disk. Confined to {@code ring-spool}.
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
        ROOM,
        SLOTS,
        TASKS,
        POSITIONS,
        UPKEEP,
        SCRUB,
        LOSSES,
        COMMIT,
        /** On disk. */
        DONE
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
    private Part part = Part.DONE;
    private @Nullable Throwable fault;
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
        part = Part.DONE;
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
        boolean isOfItself = !(e instanceof SQLException)
                && !(e instanceof SpoolException)
                && !(e instanceof OutOfMemoryError)
                && part != Part.DONE;
        fault = isOfItself ? e : null;
        isOwed = true;
    }

    /** Whether the last one failed of itself, and it is not known yet by which part. */
    boolean isOfItself() {
        return fault != null;
    }

    /** It is on disk: nothing is to blame. */
    void committed() {
        fault = null;
        isOwed = false;
        retention.committed();
        desks.positions().committed();
        desks.gaps().committed(time.steadyNanos());
    }

    /** It is not on disk. Returns the slot that is set aside for it. */
    Optional<Slot> rolledBack() {
        retention.rolledBack();
        desks.gaps().rolledBack();
        Throwable why = fault;
        Part failed = part;
        fault = null;
        part = Part.DONE;
        return why == null ? Optional.empty() : blame(failed, why);
    }

    private Optional<Slot> blame(Part failed, Throwable why) {
        return switch (failed) {
            case SLOTS, COMMIT -> {
                Optional<Slot> aside = batch.blame();
                aside.ifPresent(slot -> LOG.error(
                        "a slot cannot be written, however often, and is set aside: events={} states={}",
                        slot.events().stream()
                                .map(event -> event.id().toString())
                                .toList(),
                        slot.stateChanges().stream().map(Slot.StateChange::key).toList(),
                        why));
                yield aside;
            }
            case TASKS -> {
                desks.tasks().blame(why);
                yield Optional.empty();
            }
            case ROOM, POSITIONS, UPKEEP, SCRUB, LOSSES -> {
                leaveOut(failed, why);
                yield Optional.empty();
            }
            case DONE -> Optional.empty();
        };
    }
}
