package io.fengsui.edge.spool.store;

import io.fengsui.runtime.CrashPoint;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The spool's file: one process at a time, verified whenever it is opened. */
public final class SpoolStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolStore.class);

    private final SpoolSettings settings;
    private final Path file;
    private final FileChannel lockChannel;

    private SpoolStore(SpoolSettings settings, FileChannel lockChannel) {
        this.settings = settings;
        this.file = settings.directory().resolve("spool.db");
        this.lockChannel = lockChannel;
    }

    public static SpoolStore lock(SpoolSettings settings) {
        Path lockFile = settings.directory().resolve("spool.lock");
        try {
            Files.createDirectories(settings.directory());
            return new SpoolStore(settings, locked(lockFile));
        } catch (AccessDeniedException | FileAlreadyExistsException e) {
            throw new ForeignSpoolException("cannot use " + settings.directory()
                    + " for the spool, it is not this user's folder: " + e.getMessage());
        } catch (IOException e) {
            throw new SpoolException("cannot use " + settings.directory() + " for the spool: " + e.getMessage(), e);
        }
    }

    private static FileChannel locked(Path lockFile) throws IOException {
        FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean isLocked = false;
        try {
            isLocked = tryLock(channel);
        } finally {
            if (!isLocked) {
                channel.close();
            }
        }
        if (!isLocked) {
            throw new ForeignSpoolException(lockFile + " is locked: another agent uses this directory; stop it, or give"
                    + " this one a directory of its own");
        }
        return channel;
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    public Path file() {
        return file;
    }

    public SpoolSettings settings() {
        return settings;
    }

    /**
     * SQLITE_CORRUPT (11) and SQLITE_NOTADB (26), with their extended codes; what a check finds; and a file that is shorter than it
     * says, which SQLite calls an input/output error.
     */
    public static boolean isDamage(SQLException e) {
        int primary = e.getErrorCode() & 0xFF;
        boolean isShort = e instanceof SQLiteException sqlite
                && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHORT_READ;
        return primary == 11 || primary == 26 || isShort;
    }

    /** Whether there is none any more: SQLite would make a new one, and nobody be told that it knows nothing of what was committed. */
    public boolean isGone() {
        try {
            return Files.size(file) == 0;
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** SQLITE_FULL (13): the file system has no room. */
    public static boolean isFull(SQLException e) {
        return (e.getErrorCode() & 0xFF) == 13;
    }

    /** A place of the disk that cannot be read (for EIO SQLite says CORRUPTFS): another try may help, and when it does not the place is gone. */
    public static boolean isUnreadable(SQLException e) {
        return e instanceof SQLiteException sqlite
                && (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_READ
                        || sqlite.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_CORRUPTFS);
    }

    /** Opens and verifies again after a failure; the pages' structure only, which is quick. */
    public SpoolWriter open() throws SQLException {
        return open("PRAGMA quick_check(1)");
    }

    /** Opens and verifies at the start of the process: indexes too. */
    public SpoolWriter openWithIndexes() throws SQLException {
        return open("PRAGMA integrity_check(1)");
    }

    /**
     * The log is written back into the database and synchronized, so that nothing rests on pages that an earlier failed
     * fsync may have left in the page cache only. Its file keeps its size: on a full disk that room is ours.
     */
    private SpoolWriter open(String check) throws SQLException {
        Connection connection = SpoolSchema.openWriter(file, settings.maxPages());
        try {
            SpoolSchema.prepare(connection, file);
            CrashPoint.SPOOL_CREATED.reached();
            String found = SpoolSchema.text(connection, check);
            if (!"ok".equals(found)) {
                throw new SQLException("the check found: " + found, "", 11);
            }
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(RESTART)")) {
                if (row.next() && row.getInt(1) != 0) {
                    throw new SQLException("the write-ahead log could not be written back: a reader is in the way");
                }
            }
            CrashPoint.SPOOL_OPENED.reached();
            allocateIndex();
            SpoolWriter writer = new SpoolWriter(connection);
            if (meta(connection, "epoch").isEmpty()) {
                writer.putMeta("epoch", UUID.randomUUID().toString());
            }
            return writer;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void allocateIndex() throws SQLException {
        try {
            WalIndex.allocate(file);
        } catch (IOException e) {
            throw new SQLException("no room for the log's index: " + e.getMessage(), e);
        }
    }

    public static String meta(Connection connection, String key) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT value FROM meta WHERE key=?")) {
            select.setString(1, key);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getString(1) : "";
            }
        }
    }

    @Override
    public void close() {
        try {
            lockChannel.close();
        } catch (IOException e) {
            LOG.warn("the spool's lock could not be released: file={}", file, e);
        }
    }
}
