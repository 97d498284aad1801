package io.fengsui.edge.spool.repair;

import io.fengsui.edge.spool.room.Ballast;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.edge.spool.store.SpoolSchema;
import io.fengsui.edge.spool.store.SpoolStore;
import io.fengsui.edge.spool.store.SpoolWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the spool at the start of the process. A box with a broken file must not stay silent, and must not lose what is
 * not broken: see {@link RowCheck} and {@link Rebuild}.
 */
public final class FirstOpening {
    private static final Logger LOG = LoggerFactory.getLogger(FirstOpening.class);
    private static final int MOST_ASIDE_TRIES = 2;
    private static final long LEAST_ROOM = 512 << 10;

    /** An open writer, and what was found. */
    public record Opened(SpoolWriter writer, RepairReport report) {}

    private final SpoolStore store;
    private final Ballast ballast;
    private final SpoolFiles files;
    private final long nowMillis;
    private boolean isLogBroken;

    private FirstOpening(SpoolStore store, Ballast ballast, long nowMillis) {
        this.store = store;
        this.ballast = ballast;
        this.files = new SpoolFiles(store.file());
        this.nowMillis = nowMillis;
    }

    /** Throws {@link SpoolException} when the directory cannot be used, and says why. */
    public static Opened open(SpoolStore store, Ballast ballast, long nowMillis) {
        return new FirstOpening(store, ballast, nowMillis).open();
    }

    /** Gives the spool a new epoch: what waits goes on under it. */
    public static RepairReport renew(SpoolStore store, long nowMillis) {
        FirstOpening opening = new FirstOpening(store, new Ballast(store.settings()), nowMillis);
        try {
            opening.open().writer().close();
        } catch (SQLException e) {
            throw new SpoolException("cannot close " + store.file() + ": " + e.getMessage(), e);
        }
        return opening.rebuild("a new epoch is wanted", Rebuild.Why.RENEWAL);
    }

    private Opened open() {
        try {
            Path aside = files.finish();
            files.clear();
            Opened opened = tryOpen();
            RepairReport found = opened.report();
            return aside == null || found.aside() != null ? opened : new Opened(opened.writer(), found.movedTo(aside));
        } catch (IOException e) {
            throw new SpoolException("cannot repair " + store.file() + ": " + e.getMessage(), e);
        }
    }

    private Opened tryOpen() {
        RepairReport found = RepairReport.CLEAN;
        for (int attempt = 0; ; attempt++) {
            try {
                requireRoom();
                requireLog(attempt);
                Opened opened = verified();
                return found.isClean() ? opened : new Opened(opened.writer(), found);
            } catch (PlaceLostException e) {
                found = rebuild(String.valueOf(e.getMessage()), why());
            } catch (SQLException e) {
                if (attempt >= MOST_ASIDE_TRIES) {
                    throw new SpoolException("cannot open " + store.file() + ": " + e.getMessage(), e);
                }
                if (SpoolStore.isDamage(e) || attempt > 0 && SpoolStore.isUnreadable(e)) {
                    found = rebuild(String.valueOf(e.getMessage()), why());
                } else if (!SpoolStore.isUnreadable(e) && !ballast.release()) {
                    throw new SpoolException("cannot open " + store.file() + ": " + e.getMessage(), e);
                }
            }
        }
    }

    /** SQLite would take what lies behind a broken frame of its log for never written. */
    private void requireLog(int attempt) throws PlaceLostException {
        try {
            isLogBroken = attempt == 0 && WriteAheadLog.isBroken(store.file());
        } catch (IOException e) {
            LOG.warn("the spool's log cannot be looked at: file={} reason={}", store.file(), e.toString());
        }
        if (isLogBroken) {
            throw new PlaceLostException("the log is damaged, and committed records lie behind that place");
        }
    }

    /** SQLite makes its log's index anew, and on a disk without any room that can kill the process. */
    private void requireRoom() throws SQLException {
        if (ballast.usable() >= LEAST_ROOM || ballast.release()) {
            return;
        }
        try {
            while (files.removeOldestAside()) {
                LOG.warn(
                        "disk is full, a damaged file that was kept is given up: folder={}",
                        store.file().getParent());
                if (ballast.usable() >= LEAST_ROOM) {
                    return;
                }
            }
        } catch (IOException e) {
            LOG.warn("disk is full, and a damaged file that was kept cannot be removed: {}", e.toString());
        }
        throw new SQLException(
                "the disk is full, and there is no ballast to give up: make some room on the file system of "
                        + store.file());
    }

    private Opened verified() throws SQLException, PlaceLostException {
        SpoolWriter writer = store.openWithIndexes();
        try {
            writer.begin(nowMillis, 0);
            RepairReport report = new RowCheck(writer).run();
            if (report.isClean()) {
                SpoolSchema.run(writer.connection(), "ROLLBACK");
            } else {
                writer.commitHeads();
            }
            return new Opened(writer, report);
        } catch (SQLException | PlaceLostException | RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    private Rebuild.Why why() {
        return isLogBroken ? Rebuild.Why.LOG_DAMAGE : Rebuild.Why.DAMAGE;
    }

    private RepairReport rebuild(String reason, Rebuild.Why why) {
        LOG.error("spool is rebuilt under a new epoch: file={} reason={}", store.file(), reason);
        try {
            files.clear();
            RepairReport found = built(why);
            Path aside = files.exchange();
            LOG.warn(
                    "spool was rebuilt: lost-records={} counted={} lost-rows={} old-file={}",
                    found.records(),
                    found.isCounted(),
                    found.otherRows(),
                    aside);
            return found.movedTo(aside);
        } catch (IOException | SQLException e) {
            throw new SpoolException("cannot rebuild " + store.file() + ": " + e.getMessage(), e);
        }
    }

    /** What can be read in a new file; where that cannot be written an empty one, for a box must not stay silent. */
    private RepairReport built(Rebuild.Why why) throws IOException, SQLException {
        try {
            return build(why);
        } catch (SQLException e) {
            if (why == Rebuild.Why.RENEWAL) {
                throw e;
            }
            LOG.error("what is left of the damaged spool cannot be written, it stays aside: {}", e.getMessage());
            files.clear();
            if (ballast.release()) {
                return built(why);
            }
        }
        try (SpoolWriter target = target(SpoolSchema.openWriter(files.building(), Integer.MAX_VALUE))) {
            return new Rebuild(null, PageScan.NONE, why, target).run(nowMillis);
        }
    }

    private RepairReport build(Rebuild.Why why) throws IOException, SQLException {
        // It keeps the old log open, whatever SQLite makes of it.
        try (PageScan scan = PageScan.of(store.file())) {
            Connection source = source();
            try (SpoolWriter target = target(SpoolSchema.openWriter(files.building(), Integer.MAX_VALUE))) {
                return new Rebuild(source, scan, why, target).run(nowMillis);
            } finally {
                if (source != null) {
                    source.close();
                }
                files.clearLink();
            }
        }
    }

    private SpoolWriter target(Connection connection) throws SQLException {
        try {
            SpoolSchema.prepare(connection, files.building());
            return new SpoolWriter(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** The old file for reading, made readable where that can be done, without its log if need be; null when it cannot. */
    private @Nullable Connection source() {
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
        } catch (IOException | SQLException e) {
            LOG.error("spool cannot be made readable: file={} reason={}", store.file(), e.toString());
            return null;
        }
    }

    private static @Nullable Connection readable(Path file) {
        try {
            Connection connection = SpoolSchema.openWriter(file, Integer.MAX_VALUE);
            try {
                SpoolSchema.prepare(connection, file);
                SpoolSchema.number(connection, "SELECT first FROM lane LIMIT 1");
                SpoolSchema.number(connection, "SELECT sequence FROM record LIMIT 0");
                return connection;
            } catch (SQLException | SpoolException e) {
                connection.close();
                return null;
            }
        } catch (SQLException e) {
            return null;
        }
    }
}
