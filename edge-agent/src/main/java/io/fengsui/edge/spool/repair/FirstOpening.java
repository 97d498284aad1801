package io.fengsui.edge.spool.repair;

import io.fengsui.edge.spool.room.Ballast;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.edge.spool.store.SpoolSchema;
import io.fengsui.edge.spool.store.SpoolStore;
import io.fengsui.edge.spool.store.SpoolWriter;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the spool at the start of the process. A box with a broken file must not stay silent, and must not lose what is
 * not broken: see {@link RowCheck} and {@link Exchange}.
 */
public final class FirstOpening {
    private static final Logger LOG = LoggerFactory.getLogger(FirstOpening.class);
    private static final int MOST_TRIES = 2;
    /** What was rebuilt and cannot be read again lies on a disk that another try makes no better. */
    private static final int MOST_REBUILDS = 2;

    /** An open writer, and what was found. */
    public record Opened(SpoolWriter writer, RepairReport report) {}

    private final SpoolStore store;
    private final Ballast ballast;
    private final SpoolFiles files;
    private final Exchange exchange;
    private final long nowMillis;
    private final boolean isLogGivenUp;
    private boolean isLogBroken;
    private boolean isLogUnread;

    private FirstOpening(SpoolStore store, Ballast ballast, long nowMillis, boolean isLogGivenUp) {
        this.store = store;
        this.ballast = ballast;
        this.files = new SpoolFiles(store.file());
        this.exchange = new Exchange(store, ballast, files, nowMillis);
        this.nowMillis = nowMillis;
        this.isLogGivenUp = isLogGivenUp;
    }

    /**
     * Throws {@link SpoolException} when the directory cannot be used, and says why.
     *
     * @param isLogGivenUp whether a log that cannot be read is put aside, and told as a loss that nobody can count; else it is
     *     thrown as {@link SpoolException.LogUnreadable}
     */
    public static Opened open(SpoolStore store, Ballast ballast, long nowMillis, boolean isLogGivenUp) {
        return new FirstOpening(store, ballast, nowMillis, isLogGivenUp).open();
    }

    /**
     * What SQLite makes of a log.
     *
     * @param hasCommits whether it finds a transaction in it
     * @param isWhole whether it reads all of it; else the lanes seem to end before what the hub has of them
     */
    public record Log(boolean hasCommits, boolean isWhole) {}

    /** Pure reading; of a log that cannot be read nothing is known. */
    public static Log logOf(Path database) {
        try {
            WriteAheadLog.Content content = WriteAheadLog.look(database);
            return new Log(content.commits() > 0, !content.isBroken());
        } catch (IOException e) {
            return new Log(false, false);
        }
    }

    /** Gives the spool a new epoch: what waits goes on under it. */
    public static RepairReport renew(SpoolStore store, long nowMillis) {
        FirstOpening opening = new FirstOpening(store, new Ballast(store.settings()), nowMillis, false);
        try {
            opening.open().writer().close();
        } catch (SQLException e) {
            throw new SpoolException("cannot close " + store.file() + ": " + e.getMessage(), e);
        }
        return opening.exchange.run("a new epoch is wanted", Rebuild.Why.RENEWAL, false);
    }

    private Opened open() {
        try {
            Path aside = files.finish();
            files.clear();
            Opened opened = tryOpen(RepairReport.CLEAN.movedTo(aside));
            prune();
            return opened;
        } catch (IOException e) {
            throw new SpoolException("cannot repair " + store.file() + ": " + e.getMessage(), e);
        }
    }

    private void prune() {
        try {
            files.prune();
        } catch (IOException e) {
            LOG.warn("older damaged files cannot be removed: file={} reason={}", store.file(), e.toString());
        }
    }

    private Opened tryOpen(RepairReport before) {
        RepairReport found = before;
        int rebuilds = 0;
        for (int attempt = 0; ; attempt++) {
            String damage;
            Exception cause;
            try {
                requireRoom();
                requireLog();
                Opened opened = verified();
                return new Opened(opened.writer(), found.and(opened.report()));
            } catch (PlaceLostException e) {
                damage = String.valueOf(e.getMessage());
                cause = e;
            } catch (SQLException e) {
                damage = String.valueOf(e.getMessage());
                cause = e;
                boolean isDamage = SpoolStore.isDamage(e) || attempt > 0 && SpoolStore.isUnreadable(e);
                if (!isDamage) {
                    boolean isWorthIt = SpoolStore.isUnreadable(e) || ballast.release();
                    if (attempt >= MOST_TRIES || !isWorthIt) {
                        throw new SpoolException("cannot open " + store.file() + ": " + e.getMessage(), e);
                    }
                    continue;
                }
            }
            if (rebuilds++ >= MOST_REBUILDS) {
                throw new SpoolException.NotRebuilt(
                        "cannot open " + store.file() + ", not even what was rebuilt of it: " + damage, cause);
            }
            found = found.and(exchange.run(damage, why(), isLogUnread));
        }
    }

    /** SQLite would take what lies behind a broken frame of its log for never written, and write over it. */
    private void requireLog() throws PlaceLostException {
        isLogBroken = false;
        isLogUnread = false;
        try {
            isLogBroken = WriteAheadLog.isBroken(store.file());
        } catch (AccessDeniedException e) {
            // Somebody took it, and can give it back: nothing is lost yet.
            throw new SpoolException(
                    "the log of " + store.file() + " is not this user's to read, give it back to this user: " + e, e);
        } catch (IOException e) {
            // Nobody knows what lies in it, and SQLite may see it again when the next record comes, or none.
            if (!isLogGivenUp) {
                throw new SpoolException.LogUnreadable(
                        "the log of " + store.file()
                                + " cannot be read, and what was committed last is in it; it is tried"
                                + " again for some minutes, then put aside and told as a loss: " + e,
                        e);
            }
            isLogUnread = true;
        }
        if (isLogUnread) {
            isLogBroken = true;
            throw new PlaceLostException("the log cannot be read for minutes, and is put aside unread");
        }
        if (isLogBroken) {
            throw new PlaceLostException("the log is damaged, and committed records lie behind that place");
        }
    }

    /** SQLite makes its log's index anew, and on a disk without any room that can kill the process. */
    private void requireRoom() throws SQLException {
        if (ballast.usable() >= Exchange.LEAST_ROOM || ballast.release()) {
            return;
        }
        try {
            while (files.removeOldestAside()) {
                LOG.warn(
                        "disk is full, a damaged file that was kept is given up: folder={}",
                        store.file().getParent());
                if (ballast.usable() >= Exchange.LEAST_ROOM) {
                    return;
                }
            }
            while (files.removeOldestUnsent()) {
                LOG.error(
                        "disk is full, a file with records that were told as given up is removed: folder={}",
                        store.file().getParent());
                if (ballast.usable() >= Exchange.LEAST_ROOM) {
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
}
