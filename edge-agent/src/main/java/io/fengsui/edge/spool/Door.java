package io.fengsui.edge.spool;

import io.fengsui.edge.spool.read.SpoolReader;
import io.fengsui.edge.spool.repair.FirstOpening;
import io.fengsui.edge.spool.repair.RepairReport;
import io.fengsui.edge.spool.room.Ballast;
import io.fengsui.edge.spool.store.ForeignSpoolException;
import io.fengsui.edge.spool.store.LaneHead;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.edge.spool.store.SpoolSchema;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.edge.spool.store.SpoolStore;
import io.fengsui.protocol.Lane;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the spool's file, which may be shut while the disk takes nothing: until it opens, what lies there is read without
 * any change, and where nothing can be read the spool counts as empty. Whoever reads is given another connection when that
 * changes, and none in between: what is read always belongs to the epoch and the lanes that are published.
 *
 * <pre>
 * SHUT --open--> OPENING --serve--> OPEN
 *   ^---- fails ----|
 * </pre>
 *
 * <p>{@link #open}, {@link #shut}, {@link #serve} and {@link #close} belong to the spool's writer, the rest is thread-safe.
 */
final class Door implements SpoolReader.Source, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    /**
     * What is known of the file before it is open.
     *
     * @param isRead whether what the last run left could be read
     * @param isServed whether epoch and lanes are the file's; else they are of an empty spool that is nowhere
     */
    record Known(String epoch, Map<Lane, LaneHead> heads, Restored restored, boolean isRead, boolean isServed) {}

    private enum State {
        SHUT,
        OPENING,
        OPEN
    }

    private final SpoolSettings settings;
    private final Path file;
    private final Ballast ballast;
    private final List<Connection> frozen = new ArrayList<>();
    private final AtomicLong generation = new AtomicLong();
    private volatile State state = State.SHUT;
    private volatile @Nullable Known known;
    private @Nullable SpoolStore locked;
    private @Nullable SpoolStore store;
    private volatile RepairReport report = RepairReport.CLEAN;

    Door(SpoolSettings settings) {
        this.settings = settings;
        this.file = settings.directory().resolve("spool.db");
        this.ballast = new Ballast(settings);
    }

    Path file() {
        return file;
    }

    /** What is given up when the disk is full. */
    Ballast ballast() {
        return ballast;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    /** The store behind it; null while it is shut. */
    @Nullable
    SpoolStore store() {
        return store;
    }

    /** What the opening found. */
    RepairReport report() {
        return report;
    }

    /**
     * Nobody reads until {@link #serve}. Throws {@link SpoolException} while the disk takes nothing; then it is shut as before. The
     * lock is kept all the same, for nobody else is to write what is read here.
     *
     * @param onShut told what is to be published, before anybody reads again: the file may be another than it was
     */
    FirstOpening.Opened open(long nowMillis, Consumer<Known> onShut) {
        SpoolStore held = locked;
        if (held == null) {
            held = SpoolStore.lock(settings);
            locked = held;
        }
        thaw();
        try {
            FirstOpening.Opened opened = FirstOpening.open(held, ballast, nowMillis);
            store = held;
            report = opened.report();
            return opened;
        } catch (RuntimeException e) {
            try {
                onShut.accept(look());
            } finally {
                become(State.SHUT);
            }
            throw e;
        }
    }

    /** What is in the file is published: who reads is given it from now on. */
    void serve() {
        become(State.OPEN);
    }

    private synchronized void become(State next) {
        state = next;
        generation.incrementAndGet();
    }

    /** Connections that know nothing of locks and changes must be gone before anybody writes. */
    private synchronized void thaw() {
        state = State.OPENING;
        generation.incrementAndGet();
        for (Connection connection : frozen) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.debug("a connection could not be closed: {}", e.getMessage());
            }
        }
        frozen.clear();
    }

    /** It could not be opened when the agent was started: what is to be published then. */
    Known shut() {
        Known found = known;
        if (found == null) {
            found = look();
        }
        store = null;
        become(State.SHUT);
        return found;
    }

    /**
     * Reads what there is, while it is not open. Where it is another file than at the last look, or one that cannot be read any
     * more, nothing of it is served until it opens: the hub would take two pasts under one epoch for a copied box.
     */
    private Known look() {
        Known last = known;
        Known found = read(last == null || last.isServed());
        if (last != null && !(found.isServed() && found.epoch().equals(last.epoch()))) {
            String epoch = last.isServed() ? UUID.randomUUID().toString() : last.epoch();
            found = new Known(epoch, nothing(), last.restored(), last.isRead(), false);
        }
        known = found;
        return found;
    }

    private Known read(boolean isToBeTold) {
        Restored restored = new Restored(Map.of(), List.of(), List.of());
        boolean isRead = false;
        try (Connection connection = frozen()) {
            restored = RestoredEvents.read(connection);
            isRead = FirstOpening.logOf(file).isWhole();
            Map<Lane, LaneHead> heads = heads(connection);
            String epoch = SpoolStore.meta(connection, "epoch");
            requirePlaces(epoch, heads);
            return new Known(epoch, heads, restored, true, true);
        } catch (ForeignSpoolException e) {
            throw e;
        } catch (SQLException | RuntimeException e) {
            // Nothing of it is verified: what makes no sense is no reason to be silent.
            if (isToBeTold) {
                LOG.warn("the spool cannot be read, its lanes count as empty: file={} reason={}", file, e.toString());
            }
        }
        return new Known(UUID.randomUUID().toString(), nothing(), restored, isRead, false);
    }

    private Connection frozen() throws SQLException {
        return SpoolSchema.openFrozen(file, FirstOpening.logOf(file).hasCommits());
    }

    private static Map<Lane, LaneHead> nothing() {
        try (Connection nothing = SpoolSchema.openNothing()) {
            return heads(nothing);
        } catch (SQLException e) {
            throw new SpoolException("SQLite cannot be used: " + e.getMessage(), e);
        }
    }

    /** A lane that seems to end before its end would look to the hub like another box's with the same epoch. */
    private void requirePlaces(String epoch, Map<Lane, LaneHead> heads) throws SQLException {
        boolean isSane = UUID.fromString(epoch).toString().equals(epoch)
                && heads.values().stream()
                        .allMatch(head -> head.isIntact() && head.toState().last() >= 0)
                && FirstOpening.logOf(file).isWhole();
        if (!isSane) {
            throw new SQLException("it is damaged");
        }
    }

    private static Map<Lane, LaneHead> heads(Connection connection) throws SQLException {
        Map<Lane, LaneHead> heads = new EnumMap<>(Lane.class);
        for (Lane lane : Lane.values()) {
            heads.put(lane, LaneHead.read(connection, lane));
        }
        return heads;
    }

    @Override
    public Connection open() throws SQLException {
        synchronized (this) {
            switch (state) {
                case OPENING -> throw new SQLException("the spool is just being opened");
                case SHUT -> {
                    Known current = known;
                    Connection connection =
                            current != null && current.isServed() ? frozen() : SpoolSchema.openNothing();
                    frozen.add(connection);
                    return connection;
                }
                case OPEN -> {}
            }
        }
        return SpoolSchema.openReader(file);
    }

    @Override
    public long generation() {
        return generation.get();
    }

    @Override
    public void close() {
        thaw();
        SpoolStore held = locked;
        locked = null;
        if (held != null) {
            held.close();
        }
    }
}
