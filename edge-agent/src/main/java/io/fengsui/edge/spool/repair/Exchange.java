package io.fengsui.edge.spool.repair;

import io.fengsui.edge.spool.room.Ballast;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.edge.spool.store.SpoolSchema;
import io.fengsui.edge.spool.store.SpoolStore;
import io.fengsui.edge.spool.store.SpoolWriter;
import io.fengsui.runtime.CrashPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a new file of what can be read of a spool and puts it in the old one's place. The old file and its log are only read
 * until the new one is whole, so that it can be tried again, in this process or after a power cut. Where the disk has no
 * room for all of it everything else is given up first, then the bulk lane, then the rest; what was given up is counted,
 * and stays in the file that went aside. Confined to the thread that uses it.
 */
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    /** What SQLite needs to open a spool. */
    static final long LEAST_ROOM = 512 << 10;

    private static final int SQLITE_FULL = 13;

    private final SpoolStore store;
    private final Ballast ballast;
    private final SpoolFiles files;
    private final long nowMillis;

    Exchange(SpoolStore store, Ballast ballast, SpoolFiles files, long nowMillis) {
        this.store = store;
        this.ballast = ballast;
        this.files = files;
        this.nowMillis = nowMillis;
    }

    /** A new file, and how much of the old one is in it. */
    private record Built(RepairReport report, Rebuild.Extent extent) {}

    /**
     * Throws {@link SpoolException.NotRebuilt} when it cannot be done; then the old file is as it was.
     *
     * @param isLogUnread whether nobody knows what the old file's log has
     */
    RepairReport run(String reason, Rebuild.Why why, boolean isLogUnread) {
        LOG.error("spool is rebuilt under a new epoch: file={} reason={}", store.file(), reason);
        try {
            Built built = built(why);
            CrashPoint.REPAIR_BUILT.reached();
            boolean isUnsent = isLogUnread || built.extent() != Rebuild.Extent.ALL;
            RepairReport report = built.report().movedTo(files.exchange(isUnsent));
            LOG.warn(
                    "spool was rebuilt: lost-records={} not-counted={} lost-rows={} taken={} old-file={}",
                    report.records(),
                    report.uncounted(),
                    report.otherRows(),
                    built.extent(),
                    report.aside());
            return report;
        } catch (IOException | SQLException e) {
            throw new SpoolException.NotRebuilt("cannot rebuild " + store.file() + ": " + e.getMessage(), e);
        }
    }

    private Built built(Rebuild.Why why) throws IOException, SQLException {
        Rebuild.Extent extent = Rebuild.Extent.ALL;
        boolean isLogMended = why == Rebuild.Why.LOG_DAMAGE;
        while (true) {
            files.clear();
            try {
                RepairReport report = build(why, extent, isLogMended);
                if (extent != Rebuild.Extent.NOTHING && ballast.usable() < LEAST_ROOM) {
                    throw new SQLException("what is left of it would fill the disk", "", SQLITE_FULL);
                }
                return new Built(report, extent);
            } catch (SQLException e) {
                files.clear();
                if (why == Rebuild.Why.RENEWAL || !SpoolStore.isFull(e)) {
                    throw e;
                }
                if (makeRoom()) {
                    continue;
                }
                if (isLogMended) {
                    // What it is mended for is less than a record.
                    isLogMended = false;
                    continue;
                }
                extent = switch (extent) {
                    case ALL -> Rebuild.Extent.URGENT;
                    case URGENT -> Rebuild.Extent.NOTHING;
                    case NOTHING -> throw e;
                };
                LOG.error("there is no room for what is left of the damaged spool, it stays aside: taken={}", extent);
            }
        }
    }

    private boolean makeRoom() throws IOException {
        if (ballast.giveUp()) {
            return true;
        }
        boolean isRemoved = files.removeOldestAside();
        if (isRemoved) {
            LOG.warn(
                    "disk is full, an older damaged file is given up for what is left of the newest: {}", store.file());
        }
        return isRemoved;
    }

    private RepairReport build(Rebuild.Why why, Rebuild.Extent extent, boolean isLogMended)
            throws IOException, SQLException {
        Source source = source(why, isLogMended);
        try (PageScan scan = PageScan.of(store.file());
                SpoolWriter target = target()) {
            return new Rebuild(source, scan, why, extent, target).run(nowMillis);
        } finally {
            close(source.connection());
            files.clearLink();
        }
    }

    /** Has no log, which would take as much room again: until it is whole it has no name, and nobody opens it. */
    private SpoolWriter target() throws SQLException {
        Connection connection = SpoolSchema.openWriter(files.building(), Integer.MAX_VALUE);
        try {
            SpoolSchema.prepare(connection, files.building());
            String mode = SpoolSchema.text(connection, "PRAGMA journal_mode=OFF");
            if (!"off".equals(mode)) {
                throw new SQLException("the new file cannot do without a log, only with '" + mode + "'");
            }
            return new SpoolWriter(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static void close(@Nullable Connection source) {
        try {
            if (source != null) {
                source.close();
            }
        } catch (SQLException e) {
            LOG.warn("the damaged spool could not be closed: {}", e.getMessage());
        }
    }

    /**
     * What SQLite reads of the old file.
     *
     * @param connection null when that is nothing
     * @param missing how many pages of its log are gone: each may have had rows
     */
    record Source(@Nullable Connection connection, long missing) {}

    private Source source(Rebuild.Why why, boolean isLogMended) throws SQLException {
        if (why != Rebuild.Why.LOG_DAMAGE) {
            return new Source(source(), 0);
        }
        Source mended = isLogMended ? withMendedLog() : null;
        if (mended != null) {
            return mended;
        }
        // SQLite deletes a log in which it finds nothing.
        boolean isRead = FirstOpening.logOf(store.file()).hasCommits();
        return new Source(isRead ? source() : readable(() -> SpoolSchema.openFrozen(store.file(), false)), 1);
    }

    /** With what is right of the log before and behind the damaged place; null when that cannot be put together. */
    private @Nullable Source withMendedLog() {
        try {
            Path link = files.link();
            Integer missing = MendedLog.write(store.file(), link);
            Connection mended = missing == null ? null : readable(() -> SpoolSchema.openFrozen(link, true));
            if (missing != null && mended != null) {
                return new Source(mended, missing);
            }
            LOG.warn("the spool's log cannot be mended, its records are taken from its pages: file={}", store.file());
        } catch (IOException e) {
            LOG.warn(
                    "the spool's log cannot be mended, its records are taken from its pages: file={} reason={}",
                    store.file(),
                    e.toString());
        }
        return null;
    }

    /** The old file for reading, made readable where that can be done, without its log if need be; null when it cannot. */
    private @Nullable Connection source() throws SQLException {
        try {
            FirstPage.lengthen(store.file());
        } catch (IOException e) {
            LOG.warn("spool's first page cannot be read: file={} reason={}", store.file(), e.toString());
        }
        Connection asItIs = readable(store.file());
        if (asItIs != null) {
            return asItIs;
        }
        try {
            FirstPage.replace(store.file(), files.template());
            Connection replaced = readable(store.file());
            return replaced != null ? replaced : readable(files.link());
        } catch (IOException e) {
            LOG.error("spool cannot be made readable: file={} reason={}", store.file(), e.toString());
            return null;
        } catch (SQLException e) {
            if (SpoolStore.isFull(e)) {
                throw e;
            }
            LOG.error("spool cannot be made readable: file={} reason={}", store.file(), e.toString());
            return null;
        }
    }

    @FunctionalInterface
    private interface Opening {
        Connection open() throws SQLException;
    }

    private static @Nullable Connection readable(Path file) {
        return readable(() -> SpoolSchema.openUnchanged(file));
    }

    private static @Nullable Connection readable(Opening opening) {
        try {
            Connection connection = opening.open();
            try {
                SpoolSchema.number(connection, "SELECT first FROM lane LIMIT 1");
                SpoolSchema.number(connection, "SELECT sequence FROM record LIMIT 0");
                return connection;
            } catch (SQLException e) {
                connection.close();
                return null;
            }
        } catch (SQLException e) {
            return null;
        }
    }
}
