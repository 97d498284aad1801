package io.fengsui.hub.store;

import io.fengsui.runtime.LogSum;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Knows a database from every other one: SQLite takes the log that lies beside a file for that file's, whoever's it is, and
 * writes its pages over those of the file. Each file has a number of its own in its first page ({@code application_id}; a
 * backup gets another one), and so has each log in whose transactions that page is. A log that says another number is
 * told before SQLite sees it. Nothing is said of files and logs that have no number yet, those of older versions.
 */
final class FileMark {
    private static final int MARK_AT = 68;
    private static final int FILE_HEADER = 100;
    private static final int LOG_HEADER = 32;
    private static final int FRAME_HEADER = 24;
    private static final int MAGIC = 0x377f0682;
    private static final int NONE = 0;

    private FileMark() {}

    /**
     * What SQLite would take from a log: up to the last transaction that is whole.
     *
     * @param commits how many transactions
     * @param mark of the first page as the last of them leaves it; null when none of them changed it
     */
    private record Log(int commits, @Nullable Integer mark) {
        static final Log EMPTY = new Log(0, null);
    }

    /** Throws when the log beside a file is not the file's own. Only reads; a hub may be running on both. */
    static void check(Path file) {
        int mark;
        Log log;
        try {
            mark = markOf(file);
            log = read(beside(file));
        } catch (IOException e) {
            return; // SQLite says what is wrong with it
        }
        if (log.commits() > 0 && isNothing(file)) {
            throw new UnfitDatabaseException("the database " + file + " is gone or empty, and its log " + beside(file)
                    + " holds " + log.commits() + " transactions, which would be thrown away: put the file back beside"
                    + " its log, or move the log to another folder to begin anew");
        }
        if (mark != NONE && log.mark() != null && log.mark() != mark) {
            throw new UnfitDatabaseException("the log " + beside(file) + " is not of the database " + file
                    + " but of another one: taken together both would be lost, and nothing was changed. Put the log that"
                    + " belongs to the file beside it; or move this one to another folder, and the database is as it"
                    + " was when its own log was last written back");
        }
    }

    /**
     * Gives the file its number if it has none.
     *
     * @return what each transaction says that wrote something, so that there is no log without the page that has the
     *     number: SQLite begins a new log whenever the old one has been written back
     */
    static String put(Connection writer) throws SQLException {
        try (Statement statement = writer.createStatement()) {
            int mark = markOf(statement);
            if (mark == NONE) {
                mark = fresh();
                statement.execute(sql(mark));
            }
            return sql(mark);
        }
    }

    /** Writes the page, also where the number stays what it is. */
    private static String sql(int mark) {
        return "PRAGMA application_id = " + mark;
    }

    /** A copy is a file of its own. */
    static void renew(Path copy) throws SQLException {
        try (Connection connection = new SqliteEngine(copy).copying().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql(fresh()));
        }
    }

    private static int fresh() {
        return new SecureRandom().nextInt(1, Integer.MAX_VALUE);
    }

    private static int markOf(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA application_id")) {
            return row.next() ? row.getInt(1) : NONE;
        }
    }

    private static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    private static boolean isNothing(Path file) {
        try {
            return Files.notExists(file) || Files.size(file) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static int markOf(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return NONE;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer header = ByteBuffer.allocate(FILE_HEADER);
            return channel.read(header, 0) == FILE_HEADER ? header.getInt(MARK_AT) : NONE;
        }
    }

    private static Log read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Log.EMPTY;
        }
        try (FileChannel log = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer header = ByteBuffer.allocate(LOG_HEADER);
            if (log.read(header, 0) < LOG_HEADER || (header.getInt(0) | 1) != (MAGIC | 1)) {
                return Log.EMPTY;
            }
            ByteOrder order = (header.getInt(0) & 1) == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            int page = header.getInt(8);
            long sum = header.getLong(24);
            boolean isWhole = sum == LogSum.of(0, header, 0, 24, order);
            return isWhole && page >= 512 && page <= 65_536
                    ? frames(log, header.getLong(16), sum, order, page)
                    : Log.EMPTY;
        }
    }

    /** Up to the first frame that is not as it was written: SQLite reads no further. */
    private static Log frames(FileChannel log, long salt, long seed, ByteOrder order, int page) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(FRAME_HEADER + page);
        Log committed = Log.EMPTY;
        Integer mark = null;
        long sum = seed;
        for (long at = LOG_HEADER; log.read(frame.clear(), at) == frame.capacity(); at += frame.capacity()) {
            sum = LogSum.of(LogSum.of(sum, frame, 0, 8, order), frame, FRAME_HEADER, page, order);
            if (frame.getLong(8) != salt || frame.getLong(16) != sum) {
                break;
            }
            if (frame.getInt(0) == 1) {
                mark = frame.getInt(FRAME_HEADER + MARK_AT);
            }
            if (frame.getInt(4) > 0) {
                committed = new Log(committed.commits() + 1, mark);
            }
        }
        return committed;
    }
}
