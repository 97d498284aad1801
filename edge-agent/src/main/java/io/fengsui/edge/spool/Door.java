package io.fengsui.edge.spool;

import io.fengsui.edge.spool.read.SpoolReader;
import io.fengsui.edge.spool.repair.FirstOpening;
import io.fengsui.edge.spool.repair.FrozenSpool;
import io.fengsui.edge.spool.repair.FrozenSpool.Known;
import io.fengsui.edge.spool.repair.RepairReport;
import io.fengsui.edge.spool.room.Ballast;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.edge.spool.store.SpoolSchema;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.edge.spool.store.SpoolStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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
 * <p>{@link #open}, {@link #ahead}, {@link #shut}, {@link #serve} and {@link #close} belong to one thread after the other (the spool's
 * writer, and the one that checks for it), the rest is thread-safe.
 */
final class Door implements SpoolReader.Source, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    private enum State {
        SHUT,
        OPENING,
        OPEN
    }

    /** Some minutes, by the pauses between tries: a card that was shaken loose has been pushed in by then, or a disk has woken up. */
    static final int MOST_LOG_TRIES = 10;

    private final SpoolSettings settings;
    private final Path file;
    private final FrozenSpool frozenFile;
    private final Ballast ballast;
    private final List<Connection> frozen = new ArrayList<>();
    private final AtomicLong generation = new AtomicLong();
    private volatile State state = State.SHUT;
    private volatile boolean hasFailed;
    private volatile @Nullable Known known;
    /** Told what is to be published; nobody reads before there is one. */
    private @Nullable Consumer<Known> onShut;

    private @Nullable SpoolStore locked;
    private @Nullable SpoolStore store;
    /** How often in a row its log could not be read. */
    private int unreadLogs;

    private volatile RepairReport report = RepairReport.CLEAN;

    Door(SpoolSettings settings) {
        this.settings = settings;
        this.file = settings.directory().resolve("spool.db");
        this.frozenFile = new FrozenSpool(file);
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

    /** Whether an attempt came to nothing, and none has come to anything since. */
    boolean isShut() {
        return hasFailed;
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
     * From now on somebody reads, and this is told what is to be published whenever an attempt came to nothing, before anybody reads
     * again: the file may be another than it was.
     */
    synchronized void onShut(Consumer<Known> listener) {
        onShut = listener;
        Known current = known;
        if (state == State.SHUT && current != null) {
            listener.accept(current);
        }
    }

    private SpoolStore lock() {
        SpoolStore held = locked;
        if (held == null) {
            held = SpoolStore.lock(settings);
            locked = held;
        }
        return held;
    }

    /** Reads what the last run left before a check that may take long. Throws {@link SpoolException} where not even a lock can be had. */
    Known ahead() {
        lock();
        Known found = frozenFile.read(false);
        known = found;
        return found;
    }

    /**
     * Nobody reads until {@link #serve}. Throws {@link SpoolException} while the disk takes nothing; then it is shut as before. The
     * lock is kept all the same, for nobody else is to write what is read here.
     */
    FirstOpening.Opened open(long nowMillis) {
        SpoolStore held = lock();
        thaw();
        try {
            FirstOpening.Opened opened = tryOpen(held, nowMillis);
            store = held;
            report = opened.report();
            return opened;
        } catch (RuntimeException e) {
            try {
                look();
            } finally {
                shutAgain();
            }
            throw e;
        }
    }

    /** What a log has that the disk does not give for so long is lost like what lies in a damaged one, and the box must not stay without a disk. */
    private FirstOpening.Opened tryOpen(SpoolStore held, long nowMillis) {
        try {
            FirstOpening.Opened opened = FirstOpening.open(held, ballast, nowMillis, unreadLogs >= MOST_LOG_TRIES - 1);
            unreadLogs = 0;
            return opened;
        } catch (SpoolException.LogUnreadable e) {
            unreadLogs++;
            throw e;
        }
    }

    private synchronized void shutAgain() {
        hasFailed = true;
        Known current = known;
        if (onShut != null && current != null) {
            onShut.accept(current);
        }
        become(State.SHUT);
    }

    /** What is in the file is published: who reads is given it from now on. */
    void serve() {
        hasFailed = false;
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
        // An attempt may have exchanged the file since the last look.
        Known found = look();
        store = null;
        hasFailed = true;
        become(State.SHUT);
        return found;
    }

    /**
     * Reads what there is, while it is not open. Where it is another file than at the last look, or one that cannot be read any
     * more, nothing of it is served until it opens: the hub would take two pasts under one epoch for a copied box. What the last run
     * left stays known where it was read before an attempt that went half way.
     */
    private Known look() {
        Known before = known;
        Known last = isPublished() ? before : null;
        Known found = frozenFile.read(last == null || last.isServed());
        if (last != null && !(found.isServed() && found.epoch().equals(last.epoch()))) {
            String epoch = last.isServed() ? UUID.randomUUID().toString() : last.epoch();
            found = new Known(epoch, FrozenSpool.nothing(), last.restored(), last.isRead(), false);
        } else if (before != null && before.isRead() && !found.isRead()) {
            found = new Known(found.epoch(), found.heads(), before.restored(), true, found.isServed());
        }
        known = found;
        return found;
    }

    private synchronized boolean isPublished() {
        return onShut != null;
    }

    @Override
    public Connection open() throws SQLException {
        synchronized (this) {
            switch (state) {
                case OPENING -> throw new SQLException("the spool is just being opened");
                case SHUT -> {
                    Known current = known;
                    Connection connection =
                            current != null && current.isServed() ? frozenFile.connect() : SpoolSchema.openNothing();
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
