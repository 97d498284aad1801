package io.fengsui.edge.spool;

import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.ring.SlotHandler;
import io.fengsui.edge.spool.read.Restored;
import io.fengsui.edge.spool.read.RestoredEvents;
import io.fengsui.edge.spool.read.SpoolReader;
import io.fengsui.edge.spool.repair.FrozenSpool;
import io.fengsui.edge.spool.repair.RepairReport;
import io.fengsui.edge.spool.room.SpoolStats;
import io.fengsui.edge.spool.room.SpoolView;
import io.fengsui.edge.spool.store.ForeignSpoolException;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.edge.spool.store.SpoolWriter;
import io.fengsui.edge.spool.urgent.SpoolWatch;
import io.fengsui.edge.spool.urgent.UrgentDesk;
import io.fengsui.edge.spool.urgent.VolatileSink;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.LaneState;
import io.fengsui.runtime.TimeSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
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
    private static final Duration ENDLESS = Duration.ofDays(1);

    private final Door door;
    private final GapDesk gaps = new GapDesk();
    private final WriterTasks tasks = new WriterTasks();
    private final PendingPositions positions = new PendingPositions();
    private final SpoolListeners listeners;
    private final UrgentDesk urgent = new UrgentDesk();
    private final TimeSource time;
    private final DamageWatch damage;
    private final SpoolView view;
    private final Restored restored;
    final CommitLoop loop;

    private Spool(SpoolSettings settings, Door door, CommitLoop.Start start, Checks checks, TimeSource time) {
        this.door = door;
        this.time = time;
        this.listeners = new SpoolListeners(start.isFailing());
        this.damage = new DamageWatch(tasks, door::isOpen, time);
        this.view = new SpoolView(time);
        FrozenSpool.Known known = start.known();
        this.restored = known.restored();
        view.track(restored.openEvents());
        view.assume(known.epoch(), known.heads().values());
        positions.begin(known.epoch());
        this.loop = new CommitLoop(
                settings,
                door,
                new Transaction.Desks(tasks, positions, gaps, listeners, urgent, view),
                damage,
                start,
                checks.executor(),
                time);
    }

    /** Opens and verifies the spool, or makes one; after failures on the writer's thread. Throws {@link SpoolException} when it cannot. */
    public static Spool open(SpoolSettings settings, TimeSource time) {
        Door door = new Door(settings);
        try {
            return opened(settings, door, door.open(time.wall().toEpochMilli()).writer(), Checks.AT_ONCE, time);
        } catch (RuntimeException e) {
            door.close();
            throw e;
        }
    }

    /**
     * The same, but where the disk takes nothing the spool is opened later, as soon as it takes something: what the last run left
     * is read if it can be, what comes is held in memory, urgent events are told from there, and nothing is acknowledged. The
     * same while a large file is verified, when all that the last run left can be read before.
     * Throws {@link ForeignSpoolException} when the directory is not this program's to use.
     */
    public static Spool openOrWait(SpoolSettings settings, Checks checks, TimeSource time) {
        Door door = new Door(settings);
        try {
            return openOrWait(settings, door, checks, time);
        } catch (RuntimeException e) {
            door.close();
            throw e;
        }
    }

    private static Spool openOrWait(SpoolSettings settings, Door door, Checks checks, TimeSource time) {
        try {
            FrozenSpool.Known before = door.ahead();
            Attempt first = Attempt.begin(
                    checks.executor(),
                    time,
                    () -> door.open(time.wall().toEpochMilli()).writer());
            // What was not read before could not be gone on with later.
            if (first.isDoneWithin(before.isRead() ? checks.patience() : ENDLESS)) {
                return opened(settings, door, first.writer(), checks, time);
            }
            LOG.warn("the spool is still being checked, the agent goes on from memory meanwhile: file={}", door.file());
            Spool spool = new Spool(settings, door, new CommitLoop.Start(before, false), checks, time);
            spool.loop.goOnWith(first);
            return spool;
        } catch (ForeignSpoolException e) {
            throw e;
        } catch (SpoolException e) {
            LOG.error(
                    "the spool cannot be opened, urgent events are told from memory until it can: {}", e.getMessage());
            return new Spool(settings, door, new CommitLoop.Start(door.shut(), true), checks, time);
        }
    }

    private static Spool opened(SpoolSettings settings, Door door, SpoolWriter writer, Checks checks, TimeSource time) {
        try {
            FrozenSpool.Known known =
                    new FrozenSpool.Known("", Map.of(), RestoredEvents.read(writer.connection()), true, false);
            Spool spool = new Spool(settings, door, new CommitLoop.Start(known, false), checks, time);
            spool.loop.took(writer);
            return spool;
        } catch (SQLException | RuntimeException e) {
            StoreSession.close(writer);
            throw e instanceof RuntimeException known
                    ? known
                    : new SpoolException("cannot read " + door.file() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public boolean append(Slot slot) {
        return loop.append(slot);
    }

    @Override
    public boolean commit() {
        return loop.settle(false);
    }

    @Override
    public boolean idle() {
        return loop.settle(true);
    }

    /** Everything of the lane up to {@code position} is on the hub's disk. Written with the next commit. */
    public void acknowledge(Lane lane, String epoch, long position) {
        LaneState state = view.lane(lane);
        if (position <= state.last()) {
            positions.advance(lane, epoch, position, state.acknowledged());
        }
    }

    /** The hub is at this position, perhaps an older one than it once acknowledged. */
    public void rewind(Lane lane, String epoch, long position) {
        positions.set(lane, epoch, position);
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
        return SpoolReader.open(door.file(), door, damage);
    }

    /** Another number is another connection for readers: what could not be read may be readable now. */
    public long generation() {
        return door.generation();
    }

    /** What the last run left. */
    public Restored restored() {
        return restored;
    }

    /** Names this spool: born with the file. */
    public String epoch() {
        return view.epoch();
    }

    /** Epoch and lanes that belong together. */
    public SpoolView.Heads heads() {
        return view.heads();
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
        return door.report();
    }

    /** Who makes the events that tell what was lost; without, they are told by a later start. */
    public void tellGapsBy(GapTeller teller) {
        gaps.tellBy(teller);
    }

    /**
     * Told whenever the file turns out to be damaged so that only the next start repairs it, or to be another agent's by now. Must
     * not block.
     */
    public void onDamage(Runnable listener) {
        damage.tell(listener);
    }

    /** Whether it was damaged so within the last hour, or is another agent's. */
    public boolean isDamaged() {
        return damage.isDamaged();
    }

    /** Where urgent events go while nothing can be written, or a write does not come back. */
    public void tellVolatileTo(VolatileSink sink) {
        urgent.tellTo(sink);
    }

    /** Is to see events as they are decided, so that each is watched wherever it waits for the disk. Any thread. */
    public void decided(Event event) {
        urgent.decided(List.of(event), time.steadyNanos());
    }

    /** From now on the disk is watched by a thread that does not touch it, until that is closed. */
    public SpoolWatch watch() {
        return SpoolWatch.start(loop::look);
    }

    /** Whether the file is open; false while the disk has taken nothing since the start, or the file is still being checked. */
    public boolean isOpen() {
        return door.isOpen();
    }

    /** Whether an attempt to open it came to nothing, and none has come to anything since. */
    public boolean isShut() {
        return door.isShut();
    }

    /** Runs on {@code ring-spool} when the file is opened later than the agent was started; must not block. */
    public void onOpen(Runnable listener) {
        listeners.onOpen(listener);
    }

    /**
     * Told true when nothing could be committed for some seconds, but for a start when {@link #isShut}, and false with the first commit
     * of all and the first after that. Runs on {@code ring-spool}, true also on {@code spool-watch}; must not block.
     */
    public void onOutage(Consumer<Boolean> listener) {
        listeners.onOutage(listener);
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
        loop.close();
    }
}
