package io.fengsui.edge.spool;

import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.ring.SlotHandler;
import io.fengsui.edge.spool.repair.FirstOpening;
import io.fengsui.edge.spool.repair.RepairReport;
import io.fengsui.edge.spool.room.Ballast;
import io.fengsui.edge.spool.room.Retention;
import io.fengsui.edge.spool.room.SpoolStats;
import io.fengsui.edge.spool.room.SpoolView;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.edge.spool.store.SpoolReader;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.edge.spool.store.SpoolStore;
import io.fengsui.edge.spool.store.SpoolWriter;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.LaneState;
import io.fengsui.runtime.CrashPoint;
import io.fengsui.runtime.TimeSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The edge's durable queue. What {@link #commit} says is on disk is on disk: WAL, {@code synchronous=FULL}, one
 * transaction and one fsync for all that is there at the end of a batch. After any failed write nothing is acknowledged
 * until the file was closed, opened and verified again; what was taken is held in memory and written then.
 *
 * <p>{@link #append}, {@link #commit} and {@link #idle} belong to {@code ring-spool}; everything else is thread-safe and
 * does not block. Budget of a slot: each event encoded once and copied once into SQLite; no syscall of its own but its
 * share of the batch's log write and fsync.
 */
public final class Spool implements SlotHandler, AutoCloseable {
    private static final long UPKEEP_NANOS = Duration.ofSeconds(60).toNanos();
    private final SpoolStore store;
    private final StoreSession session;
    private final TimeSource time;
    private final Ballast ballast;
    private final Retention retention;
    private final HeldBatch batch;
    private final GapDesk gaps = new GapDesk();
    private final WriterTasks tasks = new WriterTasks();
    private final DamageWatch damage;
    private final SpoolView view;
    private final Restored restored;
    private final RepairReport repaired;
    private final SpoolReader anchor;
    private final PendingPositions positions = new PendingPositions();
    private final SpoolListeners listeners = new SpoolListeners();
    private long upkeepAtNanos;

    private Spool(SpoolStore store, Ballast ballast, FirstOpening.Opened opened, TimeSource time) throws SQLException {
        SpoolWriter writer = opened.writer();
        this.store = store;
        this.time = time;
        this.damage = new DamageWatch(tasks, time);
        this.ballast = ballast;
        this.session = new StoreSession(store, writer, ballast, time, damage);
        this.retention = new Retention(store.settings(), ballast);
        this.batch = new HeldBatch(store.settings().heldSlots());
        this.view = new SpoolView(SpoolStore.meta(writer.connection(), "epoch"), time);
        this.restored = RestoredEvents.read(writer.connection());
        this.repaired = opened.report();
        this.upkeepAtNanos = time.steadyNanos();
        restored.openEvents().forEach(event -> view.track(List.of(event)));
        view.damaged(repaired.records());
        view.counted(writer, retention, ballast);
        view.publish(writer);
        // Keeps the log's files from being deleted when the writer is closed after a failure: their room is ours.
        this.anchor = newReader();
        anchor.quarantined();
    }

    /** Opens and verifies the spool, or makes one. Throws {@link SpoolException} when the directory cannot be used. */
    public static Spool open(SpoolSettings settings, TimeSource time) {
        SpoolStore store = SpoolStore.lock(settings);
        Ballast ballast = new Ballast(settings);
        try {
            FirstOpening.Opened opened =
                    FirstOpening.open(store, ballast, time.wall().toEpochMilli());
            return new Spool(store, ballast, opened, time);
        } catch (SQLException | RuntimeException e) {
            store.close();
            throw e instanceof RuntimeException known
                    ? known
                    : new SpoolException("cannot read " + store.file() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public boolean append(Slot slot) {
        if (batch.isFull(slot.isUrgent()) && !settle(false) && batch.isFull(slot.isUrgent())) {
            slot.events().forEach(gaps::refused);
            view.refused(slot.events().size());
            listeners.cannotWrite(HeldBatch.urgentOf(slot));
            return false;
        }
        batch.add(slot);
        view.held(batch.size());
        return true;
    }

    @Override
    public boolean commit() {
        return settle(false);
    }

    @Override
    public boolean idle() {
        return settle(true);
    }

    private boolean settle(boolean isIdle) {
        boolean isOnDisk = false;
        for (int portion = 0; portion < HeldBatch.MOST_PORTIONS && !isOnDisk; portion++) {
            SpoolWriter current = writer();
            if (current == null || !write(current, isIdle && portion == 0)) {
                if (!session.isWorthTrying()) {
                    listeners.cannotWrite(batch.urgentNotTold());
                    return false;
                }
            } else {
                isOnDisk = batch.isEmpty();
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
                    view.recovered();
                    if (again.isLastThere()) {
                        committed(again.writer());
                    } else {
                        retention.rolledBack();
                        gaps.rolledBack();
                    }
                    yield again.writer();
                } catch (SQLException e) {
                    failed(e);
                    yield null;
                }
            }
            case StoreSession.Look.Broken broken -> null;
        };
    }

    /** One transaction, when there is something to write. Returns whether it is on disk. */
    private boolean write(SpoolWriter current, boolean isIdle) {
        boolean isUpkeep = retention.isOverBudget(current) || isIdle && time.steadyNanos() - upkeepAtNanos >= 0;
        if (batch.isEmpty() && tasks.isEmpty() && positions.isEmpty() && gaps.isEmpty() && !isUpkeep) {
            return true;
        }
        try {
            // Counted up first: after a failure the number on disk tells whether this very batch is there.
            long number = session.nextBatch();
            current.keepLogShort(retention.isDiskShort());
            batch.keepPortionsSmall(retention.isDiskShort());
            current.begin(time.wall().toEpochMilli(), time.steadyNanos());
            retention.makeRoom(current, batch.portionBytes());
            batch.writeTo(current);
            tasks.run(current);
            positions.writeTo(current);
            if (isUpkeep) {
                retention.upkeep(current);
                upkeepAtNanos = time.steadyNanos() + UPKEEP_NANOS;
            }
            gaps.writeTo(current, time.steadyNanos());
            CrashPoint.SPOOL_BEFORE_COMMIT.reached();
            current.commit(number);
            CrashPoint.SPOOL_AFTER_COMMIT.reached();
            committed(current);
            return true;
        } catch (SQLException e) {
            failed(e);
            return false;
        }
    }

    private void committed(SpoolWriter current) throws SQLException {
        view.track(batch.committed());
        view.held(batch.size());
        positions.committed();
        retention.committed();
        gaps.committed(time.steadyNanos());
        session.worked();
        view.counted(current, retention, ballast);
        view.publish(current);
        tasks.committed();
        listeners.committed(batch.isEmpty());
        CrashPoint.SPOOL_AFTER_TELLING.reached();
    }

    private void failed(SQLException e) {
        view.failed();
        if (ballast.isDiskFull()) {
            retention.diskWasFull();
        }
        session.fail(e, batch.size());
    }

    /** Everything of the lane up to {@code position} is on the hub's disk. Written with the next commit. */
    public void acknowledge(Lane lane, String epoch, long position) {
        if (epoch.equals(view.epoch()) && position <= view.lane(lane).last()) {
            positions.advance(lane, position, view.lane(lane).acknowledged());
        }
    }

    /** The hub is at this position, perhaps an older one than it once acknowledged. */
    public void rewind(Lane lane, long position) {
        positions.set(lane, position);
    }

    /** Claims an order for this box; false when it was claimed before, also by an earlier run. */
    public CompletableFuture<Boolean> claimOrder(UUID order) {
        return tasks.claimOrder(order);
    }

    public EvidenceLedger evidence() {
        return tasks;
    }

    /** A reader of its own for one thread. */
    public SpoolReader newReader() {
        return SpoolReader.open(store.file(), damage);
    }

    /** What the last run left. */
    public Restored restored() {
        return restored;
    }

    /** Names this spool: born with the file. */
    public String epoch() {
        return view.epoch();
    }

    /** What is committed of a lane. */
    public LaneState lane(Lane lane) {
        return view.lane(lane);
    }

    /** Ids of events that had not ended at the last commit. */
    public List<EventId> openEvents() {
        return view.openEvents();
    }

    public SpoolStats stats() {
        return view.stats();
    }

    /** What was found damaged at the start. It is told as an event by itself. */
    public RepairReport repaired() {
        return repaired;
    }

    /** Who makes the events that tell what was lost; without, they are told by a later start. */
    public void tellGapsBy(GapTeller teller) {
        gaps.tellBy(teller);
    }

    /** Told whenever the file turns out to be damaged so that only the next start repairs it. Must not block. */
    public void onDamage(Runnable listener) {
        damage.tell(listener);
    }

    /** Whether it was damaged so within the last hour. */
    public boolean isDamaged() {
        return damage.isDamaged();
    }

    /** Where urgent events go while nothing can be written. */
    public void tellVolatileTo(VolatileSink sink) {
        listeners.tellVolatileTo(sink);
    }

    /** Runs on {@code ring-spool} after each commit; must not block. */
    public void onCommit(Runnable listener) {
        listeners.onCommit(listener);
    }

    /** How another thread wakes {@code ring-spool} when it has something to be written. */
    public void onWork(Runnable wake) {
        tasks.onWork(wake);
    }

    /** After the ring is closed: closes the file, which also writes its log back. */
    @Override
    public void close() {
        tasks.refuseAll("the spool is closed");
        anchor.close();
        session.close();
    }
}
