package io.fengsui.edge.spool;

import io.fengsui.edge.spool.repair.FirstOpening;
import io.fengsui.edge.spool.repair.RepairReport;
import io.fengsui.edge.spool.room.Ballast;
import io.fengsui.edge.spool.store.LaneHead;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.edge.spool.store.SpoolReader;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the spool's file, which may be shut while the disk takes nothing: until it opens, what lies there is read without
 * any change, and where nothing can be read the spool counts as empty. Whoever reads is given another connection when it
 * opens. {@link #open} and {@link #close} belong to the spool's writer, the rest is thread-safe.
 */
final class Door implements SpoolReader.Source, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    /** What is known of the file before it is open. */
    record Known(String epoch, Map<Lane, LaneHead> heads, Restored restored, boolean isRead) {}

    private final SpoolSettings settings;
    private final Path file;
    private final Ballast ballast;
    private final List<Connection> frozen = new ArrayList<>();
    private final AtomicLong generation = new AtomicLong();
    private volatile boolean isOpen;
    private boolean isOpening;
    private boolean isReadable;
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
        return isOpen;
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

    /** Throws {@link SpoolException} while the disk takes nothing; then it is shut as before. */
    FirstOpening.Opened open(long nowMillis) {
        SpoolStore locked = SpoolStore.lock(settings);
        try {
            thaw();
            FirstOpening.Opened opened = FirstOpening.open(locked, ballast, nowMillis);
            store = locked;
            report = opened.report();
            isOpen = true;
            return opened;
        } catch (RuntimeException e) {
            locked.close();
            throw e;
        } finally {
            opened();
            generation.incrementAndGet();
        }
    }

    /** Connections that know nothing of locks and changes must be gone before anybody writes. */
    private synchronized void thaw() {
        isOpening = true;
        for (Connection connection : frozen) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.debug("a connection could not be closed: {}", e.getMessage());
            }
        }
        frozen.clear();
    }

    private synchronized void opened() {
        isOpening = false;
    }

    /** Reads what there is, while it is shut. */
    Known look() {
        Restored restored = new Restored(Map.of(), List.of(), List.of());
        boolean isRead = false;
        try (Connection connection = SpoolSchema.openFrozen(file)) {
            restored = RestoredEvents.read(connection);
            isRead = true;
            Map<Lane, LaneHead> heads = heads(connection);
            String epoch = SpoolStore.meta(connection, "epoch");
            requirePlaces(epoch, heads);
            isReadable = true;
            return new Known(epoch, heads, restored, true);
        } catch (SQLException | IllegalArgumentException e) {
            LOG.warn("the spool cannot be read, its lanes count as empty: file={} reason={}", file, e.getMessage());
            isReadable = false;
        }
        try (Connection nothing = SpoolSchema.openNothing()) {
            return new Known(UUID.randomUUID().toString(), heads(nothing), restored, isRead);
        } catch (SQLException e) {
            throw new SpoolException("SQLite cannot be used: " + e.getMessage(), e);
        }
    }

    /** A lane that seems to end before its end would look to the hub like another box's with the same epoch. */
    private void requirePlaces(String epoch, Map<Lane, LaneHead> heads) throws SQLException {
        boolean isSane = UUID.fromString(epoch).toString().equals(epoch)
                && heads.values().stream()
                        .allMatch(head -> head.isIntact() && head.toState().last() >= 0)
                && FirstOpening.isLogWhole(file);
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
        if (isOpen) {
            return SpoolSchema.openReader(file);
        }
        synchronized (this) {
            if (isOpening) {
                throw new SQLException("the spool is just being opened");
            }
            Connection connection = isReadable ? SpoolSchema.openFrozen(file) : SpoolSchema.openNothing();
            frozen.add(connection);
            return connection;
        }
    }

    @Override
    public long generation() {
        return generation.get();
    }

    @Override
    public void close() {
        thaw();
        SpoolStore opened = store;
        if (opened != null) {
            opened.close();
        }
    }
}
