package io.fengsui.edge.spool;

import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.spool.read.RestoredEvents;
import io.fengsui.edge.spool.read.SpoolReader;
import io.fengsui.edge.spool.repair.FrozenSpool;
import io.fengsui.edge.spool.room.Ballast;
import io.fengsui.edge.spool.room.LastTries;
import io.fengsui.edge.spool.room.Retention;
import io.fengsui.edge.spool.room.SpoolView;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.edge.spool.store.SpoolStore;
import io.fengsui.edge.spool.store.SpoolWriter;
import io.fengsui.edge.spool.urgent.DiskTurn;
import io.fengsui.edge.spool.urgent.UrgentDesk;
import io.fengsui.protocol.Event;
import io.fengsui.runtime.CrashPoint;
import io.fengsui.runtime.TimeSource;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds what came until the store has it: one transaction and one fsync for all that is there, whatever the store's state, from a
 * disk that has taken nothing yet to one that works. Confined to {@code ring-spool}.
 */
final class CommitLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommitLoop.class);
    /**
     * How the agent starts.
     *
     * @param known of the file, and of what the last run left
     * @param isFailing whether the file could not be opened, and others know it
     */
    record Start(FrozenSpool.Known known, boolean isFailing) {}

    private final Door door;
    private final DamageWatch damage;
    private final TimeSource time;
    private final Ballast ballast;
    private final FrozenSpool.Known known;
    private final Transaction.Desks desks;
    private final UrgentDesk urgent;
    private final SpoolListeners listeners;
    private final SpoolView view;
    private final StoreSession session;
    private final Retention retention;
    private final HeldBatch batch;
    private final Transaction transaction;
    final DiskTurn turn;
    private @Nullable SpoolReader anchor;

    /**
     * @param start what is known of the file at the start
     * @param checks where it is verified from then on
     */
    CommitLoop(
            SpoolSettings settings,
            Door door,
            Transaction.Desks desks,
            DamageWatch damage,
            Start start,
            Executor checks,
            TimeSource time) {
        this.door = door;
        this.damage = damage;
        this.time = time;
        this.ballast = door.ballast();
        this.known = start.known();
        this.desks = desks;
        this.listeners = desks.listeners();
        this.urgent = desks.urgent();
        this.view = desks.view();
        this.session = new StoreSession(door, time, damage, checks, desks.tasks()::wake);
        this.retention = new Retention(settings, ballast);
        this.batch = new HeldBatch(settings.heldSlots());
        this.transaction = new Transaction(batch, desks, retention, time);
        this.turn = new DiskTurn(time);
        door.onShut(this::shut);
    }

    /** The file was opened when the agent was started. */
    void took(SpoolWriter writer) throws SQLException {
        session.took(writer);
        begin(writer);
    }

    /** The file is still being verified. */
    void goOnWith(Attempt begun) {
        session.goOnWith(begun);
    }

    /** The file is open from now on. */
    private void begin(SpoolWriter writer) throws SQLException {
        transaction.owed();
        String epoch = SpoolStore.meta(writer.connection(), "epoch");
        if (!known.isRead() || !door.report().isClean()) {
            view.track(RestoredEvents.unknown(writer.connection(), known.restored()));
        }
        desks.positions().begin(epoch);
        view.counted(writer, retention, ballast);
        view.opened(epoch, writer);
        door.serve();
        // Keeps the log's files from being deleted when the writer is closed after a failure: their room is ours.
        SpoolReader held = SpoolReader.open(door.file(), door, damage);
        try {
            held.touch();
        } catch (RuntimeException e) {
            held.close();
            throw e;
        }
        anchor = held;
        view.damaged(door.report().records());
    }

    /** It could not be opened, and what lies there may be another file than before. */
    private void shut(FrozenSpool.Known known) {
        desks.positions().begin(known.epoch());
        view.assume(known.epoch(), known.heads().values());
    }

    boolean append(Slot slot) {
        if (batch.isFull(slot.isUrgent()) && !settle(false) && batch.isFull(slot.isUrgent())) {
            refused(slot.events());
            urgent.refused(slot.events());
            return false;
        }
        urgent.taken(slot.events(), time.steadyNanos());
        List<Event> leftOut = batch.add(slot);
        refused(leftOut);
        urgent.forget(leftOut);
        view.held(batch.size());
        return true;
    }

    /** Not written, which is told. */
    private void refused(List<Event> events) {
        events.forEach(desks.gaps()::refused);
        view.refused(events.size());
    }

    /** Called on {@code spool-watch}: a write or an fsync may hang, and nobody else would say so. */
    void look() {
        urgent.look(time.steadyNanos());
        if (turn.isLong()) {
            listeners.failing(time.steadyNanos());
        }
    }

    /** Writes what is held, as much as the store takes. Returns whether all of it is on disk. */
    boolean settle(boolean isIdle) {
        return turn.take(() -> settleAll(isIdle));
    }

    private boolean settleAll(boolean isIdle) {
        if (session.isWorthTrying()) {
            // The try may check and rebuild a whole file: what is urgent does not wait for that.
            urgent.cannotWrite();
        }
        boolean isOnDisk = false;
        for (int portion = 0; portion < HeldBatch.MOST_PORTIONS && !isOnDisk; portion++) {
            SpoolWriter current = writer();
            if (current == null || !write(current, isIdle && portion == 0)) {
                if (!session.isWorthTrying()) {
                    if (!session.isFirstCheck()) {
                        listeners.failing(time.steadyNanos());
                    }
                    urgent.cannotWrite();
                    return false;
                }
            } else {
                isOnDisk = batch.isEmpty() && !transaction.isOwed();
            }
        }
        if (isOnDisk && isIdle) {
            ballast.grow();
            view.ballast(ballast.size());
        }
        return isOnDisk;
    }

    private @Nullable SpoolWriter writer() {
        return switch (session.look()) {
            case StoreSession.Look.Works works -> works.writer();
            case StoreSession.Look.WorksAgain again -> {
                try {
                    if (anchor == null) {
                        begin(again.writer());
                        listeners.opened();
                    }
                    view.recovered();
                    if (again.isLastThere()) {
                        committed(again.writer());
                    } else {
                        transaction.rolledBack();
                    }
                    yield again.writer();
                } catch (SQLException | RuntimeException | Error e) {
                    // Whatever it is: a writer that has not begun must not be gone on with.
                    failed(e);
                    yield null;
                }
            }
            case StoreSession.Look.Broken broken -> null;
        };
    }

    /** It failed each time: as what no memory had room for, but that whoever waits for its commit is answered. */
    private void setAside(Slot slot) {
        refused(slot.events());
        urgent.refused(slot.events());
        view.held(batch.size());
    }

    /** One transaction, when there is something to write. Returns whether it is on disk. */
    private boolean write(SpoolWriter current, boolean isIdle) {
        // What gave way in memory comes late, which is told with what is written now.
        urgent.takeLate().forEach(desks.gaps()::untold);
        try {
            if (!transaction.isDue(current, anchor, isIdle)) {
                return true;
            }
            // Counted up first: after a failure the number on disk tells whether this very batch is there.
            transaction.write(current, session.nextBatch());
            committed(current);
            return true;
        } catch (SQLException | RuntimeException | Error e) {
            failed(e);
            return false;
        }
    }

    private void committed(SpoolWriter current) throws SQLException {
        turn.moved();
        boolean isTrial = transaction.isTrial();
        List<Event> written = isTrial ? List.of() : batch.committed();
        urgent.committed(written);
        view.track(written);
        transaction.committed().ifPresent(this::setAside);
        view.held(batch.size());
        session.worked();
        view.counted(current, retention, ballast);
        view.publish(current);
        if (!isTrial) {
            desks.tasks().committed();
        }
        listeners.committed();
        CrashPoint.SPOOL_AFTER_TELLING.reached();
    }

    private void failed(Throwable e) {
        transaction.failed(e);
        view.failed();
        if (ballast.isDiskFull()) {
            retention.diskWasFull();
        }
        session.fail(e, batch.size());
    }

    /**
     * What is held is written first, where a check that is under way ends in time. Nobody waits for a thread that does not come
     * back from the disk: it does the rest when it does, and the folder stays locked until then.
     */
    @Override
    public void close() {
        listeners.silence();
        urgent.silence();
        if (!turn.end(this::finish)) {
            LOG.error("the disk does not answer at the end, what it has not taken by then is lost");
        }
    }

    private void finish() {
        desks.tasks().refuseAll("the spool is closed");
        try {
            LastTries tries = new LastTries(time);
            while (!batch.isEmpty() && tries.hasNext(transaction.isOfItself()) && session.awaitCheck()) {
                if (transaction.isOfItself()) {
                    session.hurry();
                }
                settleAll(false);
            }
        } finally {
            if (!batch.isEmpty()) {
                LOG.error(
                        "nothing could be written before the end, what is held in memory is lost: slots={}",
                        batch.size());
            }
            if (anchor != null) {
                anchor.close();
            }
            session.close();
        }
    }
}
