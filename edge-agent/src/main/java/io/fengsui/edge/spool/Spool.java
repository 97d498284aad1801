package io.fengsui.edge.spool;

import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.ring.SlotHandler;
import io.fengsui.edge.spool.store.Retention;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.edge.spool.store.SpoolReader;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.edge.spool.store.SpoolStats;
import io.fengsui.edge.spool.store.SpoolStore;
import io.fengsui.edge.spool.store.SpoolView;
import io.fengsui.edge.spool.store.SpoolWriter;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.LaneState;
import io.fengsui.runtime.CrashPoint;
import io.fengsui.runtime.TimeSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final long FIRST_RETRY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_RETRY_NANOS = Duration.ofSeconds(30).toNanos();
    private static final long UPKEEP_NANOS = Duration.ofSeconds(60).toNanos();

    private final SpoolStore store;
    private final TimeSource time;
    private final Retention retention;
    private final HeldBatch batch;
    private final WriterTasks tasks = new WriterTasks();
    private final SpoolView view;
    private final Restored restored;
    private final PendingPositions positions = new PendingPositions();
    private final List<Runnable> commitListeners = new CopyOnWriteArrayList<>();

    private @Nullable SpoolWriter writer;
    private long batchNumber;
    private long retryAtNanos;
    private long retryNanos = FIRST_RETRY_NANOS;
    private long upkeepAtNanos;

    private Spool(SpoolStore store, SpoolWriter writer, SpoolSettings settings, TimeSource time) throws SQLException {
        this.store = store;
        this.writer = writer;
        this.time = time;
        this.retention = new Retention(settings);
        this.batch = new HeldBatch(settings.heldSlots());
        String number = SpoolStore.meta(writer.connection(), "batch");
        this.batchNumber = number.isEmpty() ? 0 : Long.parseLong(number);
        this.view = new SpoolView(SpoolStore.meta(writer.connection(), "epoch"), time);
        this.restored = RestoredEvents.read(writer.connection());
        restored.openEvents().forEach(event -> view.track(List.of(event)));
        view.publish(writer);
    }

    /** Opens and verifies the spool, or makes one. Throws {@link SpoolException} when the directory cannot be used. */
    public static Spool open(SpoolSettings settings, TimeSource time) {
        SpoolStore store = SpoolStore.lock(settings);
        try {
            return new Spool(store, store.openFirst(), settings, time);
        } catch (SQLException e) {
            store.close();
            throw new SpoolException("cannot read " + store.file() + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    @Override
    public boolean append(Slot slot) {
        if (batch.isFull() && !settle(false)) {
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
        SpoolWriter current = writer != null ? writer : reopen();
        if (current == null) {
            return false;
        }
        boolean isUpkeep = retention.isOverBudget(current) || isIdle && time.steadyNanos() - upkeepAtNanos >= 0;
        if (batch.isEmpty() && tasks.isEmpty() && positions.isEmpty() && !isUpkeep) {
            return true;
        }
        try {
            write(current, isUpkeep);
            committed(current);
            return true;
        } catch (SQLException e) {
            failed(current, e);
            return false;
        }
    }

    private void write(SpoolWriter current, boolean isUpkeep) throws SQLException {
        // Counted up first: after a failure the number on disk tells whether this very batch is there.
        batchNumber++;
        current.begin(time.wall().toEpochMilli(), time.steadyNanos());
        retention.makeRoom(current, batch.bytes());
        batch.writeTo(current);
        tasks.run(current);
        positions.writeTo(current);
        if (isUpkeep) {
            retention.upkeep(current);
            upkeepAtNanos = time.steadyNanos() + UPKEEP_NANOS;
        }
        CrashPoint.SPOOL_BEFORE_COMMIT.reached();
        current.commit(batchNumber);
        CrashPoint.SPOOL_AFTER_COMMIT.reached();
    }

    private void committed(SpoolWriter current) throws SQLException {
        view.track(batch.committed());
        view.held(batch.size());
        positions.committed();
        view.counted(retention);
        view.publish(current);
        tasks.committed();
        commitListeners.forEach(Runnable::run);
        CrashPoint.SPOOL_AFTER_TELLING.reached();
    }

    private void failed(SpoolWriter current, SQLException e) {
        LOG.error(
                "spool write failed, nothing is acknowledged until it is verified: held={} code={}",
                batch.size(),
                e.getErrorCode(),
                e);
        writer = null;
        view.failed();
        closeQuietly(current);
        retryAtNanos = time.steadyNanos() + retryNanos;
    }

    private @Nullable SpoolWriter reopen() {
        if (time.steadyNanos() - retryAtNanos < 0) {
            return null;
        }
        try {
            SpoolWriter opened = store.open();
            writer = opened;
            retryNanos = FIRST_RETRY_NANOS;
            view.recovered();
            boolean isThere = SpoolStore.meta(opened.connection(), "batch").equals(Long.toString(batchNumber));
            LOG.info("spool works again: held={} last-batch-on-disk={}", batch.size(), isThere);
            if (isThere) {
                committed(opened);
            }
            return opened;
        } catch (SQLException e) {
            LOG.warn("spool still broken: {}", e.getMessage());
            retryNanos = Math.min(2 * retryNanos, LONGEST_RETRY_NANOS);
            retryAtNanos = time.steadyNanos() + retryNanos;
            return null;
        }
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
        return SpoolReader.open(store.file());
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

    /** Where a file went that was too damaged to open; null when there was none. */
    public @Nullable Path damagedFile() {
        return store.damaged();
    }

    /** Runs on {@code ring-spool} after each commit; must not block. */
    public void onCommit(Runnable listener) {
        commitListeners.add(listener);
    }

    /** How another thread wakes {@code ring-spool} when it has something to be written. */
    public void onWork(Runnable wake) {
        tasks.onWork(wake);
    }

    /** After the ring is closed: closes the file, which also writes its log back. */
    @Override
    public void close() {
        tasks.refuseAll("the spool is closed");
        SpoolWriter current = writer;
        writer = null;
        retryAtNanos = time.steadyNanos() + LONGEST_RETRY_NANOS;
        if (current != null) {
            closeQuietly(current);
        }
        store.close();
    }

    private static void closeQuietly(SpoolWriter writer) {
        try {
            writer.close();
        } catch (SQLException e) {
            LOG.warn("spool connection could not be closed: {}", e.getMessage());
        }
    }
}
