package io.fengsui.edge.spool.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sqlite.SQLiteConfig;

/** Opens connections the one right way, and makes the tables. */
public final class SpoolSchema {
    static final int VERSION = 2;

    /** Before it, two connections and a checkpoint could lose committed writes (the WAL-reset race). */
    private static final int[] OLDEST_SQLITE = {3, 51, 3};

    private static final List<String> TABLES = List.of(
            "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
            "CREATE TABLE lane(lane INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL,"
                    + " last_hash BLOB NOT NULL, before_first_hash BLOB NOT NULL, acknowledged INTEGER NOT NULL,"
                    + " acknowledged_hash BLOB NOT NULL, bytes INTEGER NOT NULL)",
            "CREATE TABLE record(lane INTEGER, sequence INTEGER, event_id TEXT NOT NULL, revision INTEGER NOT NULL,"
                    + " kind TEXT NOT NULL, created_wall INTEGER NOT NULL, created_steady INTEGER NOT NULL,"
                    + " crc32c INTEGER NOT NULL, prefix_hash BLOB NOT NULL, body BLOB NOT NULL,"
                    + " PRIMARY KEY(lane, sequence)) WITHOUT ROWID",
            "CREATE TABLE rule_state(key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
            "CREATE TABLE live_event(event_id TEXT PRIMARY KEY, is_open INTEGER NOT NULL, body BLOB NOT NULL)"
                    + " WITHOUT ROWID",
            "CREATE TABLE quarantine(id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, broker TEXT NOT NULL,"
                    + " topic TEXT NOT NULL, sensor TEXT NOT NULL, reason TEXT NOT NULL, payload BLOB NOT NULL)",
            "CREATE TABLE evidence(evidence_id TEXT PRIMARY KEY, event_id TEXT NOT NULL, lane INTEGER NOT NULL,"
                    + " sequence INTEGER NOT NULL, state TEXT NOT NULL, media_type TEXT NOT NULL, sha256 TEXT NOT NULL,"
                    + " size INTEGER NOT NULL, updated INTEGER NOT NULL) WITHOUT ROWID",
            "CREATE INDEX evidence_by_state ON evidence(state, updated)",
            "CREATE TABLE taken_order(order_id TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID");

    /** From version 1: importance and checksums of what had none. Rows that are there keep those they have. */
    private static final List<String> TO_VERSION_2 = List.of(
            "ALTER TABLE record ADD COLUMN importance INTEGER NOT NULL DEFAULT -1",
            "ALTER TABLE record ADD COLUMN hash_crc INTEGER NOT NULL DEFAULT -1",
            "ALTER TABLE lane ADD COLUMN crc INTEGER NOT NULL DEFAULT -1",
            "ALTER TABLE rule_state ADD COLUMN crc INTEGER NOT NULL DEFAULT -1",
            "ALTER TABLE live_event ADD COLUMN crc INTEGER NOT NULL DEFAULT -1",
            "CREATE TABLE gap(id INTEGER PRIMARY KEY AUTOINCREMENT, lane INTEGER NOT NULL, why TEXT NOT NULL,"
                    + " first INTEGER NOT NULL, last INTEGER NOT NULL, records INTEGER NOT NULL,"
                    + " worst INTEGER NOT NULL, since INTEGER NOT NULL, UNIQUE(lane, why))",
            "CREATE TABLE damaged(id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, place TEXT NOT NULL,"
                    + " bytes BLOB NOT NULL)");

    /** Version 1 as it is read as this version, for a file that must not be changed. */
    private static final List<String> AS_VERSION_2 = List.of(
            "CREATE TEMP VIEW record AS SELECT *, -1 AS importance, -1 AS hash_crc FROM main.record",
            "CREATE TEMP VIEW lane AS SELECT *, -1 AS crc FROM main.lane",
            "CREATE TEMP VIEW rule_state AS SELECT *, -1 AS crc FROM main.rule_state",
            "CREATE TEMP VIEW live_event AS SELECT *, -1 AS crc FROM main.live_event",
            "CREATE TEMP TABLE gap(id INTEGER PRIMARY KEY, lane INTEGER, why TEXT, first INTEGER, last INTEGER,"
                    + " records INTEGER, worst INTEGER, since INTEGER)");

    private SpoolSchema() {}

    /** The one connection that writes and checkpoints. */
    public static Connection openWriter(Path file, long maxPages) throws SQLException {
        Connection connection = open(file);
        try {
            requireVersion(connection);
            run(connection, "PRAGMA page_size=" + SpoolSettings.PAGE_BYTES);
            String mode = text(connection, "PRAGMA journal_mode=WAL");
            if (!"wal".equals(mode)) {
                throw new SQLException(file + " cannot be used with a write-ahead log, only with '" + mode + "'");
            }
            run(connection, "PRAGMA synchronous=FULL");
            run(connection, "PRAGMA max_page_count=" + maxPages);
            run(connection, "PRAGMA journal_size_limit=67108864");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** A connection that only reads. */
    public static Connection openReader(Path file) throws SQLException {
        Connection connection = open(file);
        try {
            run(connection, "PRAGMA query_only=ON");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * A connection that changes nothing of a file, not even when it is closed: one that may write puts the log into the database
     * then and deletes it, and with it what lies behind a damaged place of the log. A file of version 1 is shown as one of this
     * version. Throws {@link SpoolException} for a later version's, and {@link SQLException} for a file without tables.
     */
    public static Connection openUnchanged(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        return forReading(connection, file, "PRAGMA busy_timeout=5000");
    }

    /**
     * A connection to a file on a disk that takes nothing, and that nobody else has open: makes no file beside it and has the log's
     * index in its own memory. To be closed before the file is opened otherwise.
     *
     * @param hasCommits whether SQLite finds a committed transaction in the log
     */
    public static Connection openFrozen(Path file, boolean hasCommits) throws SQLException {
        // Without a log SQLite would make one; with one it must not be told that the file never changes, or passes it
        // over. A log in which it finds nothing it deletes when it is closed, reading only or not; one with a
        // transaction it cannot write back into a file that is open for reading, and so leaves it.
        String how = hasCommits ? "?mode=ro&vfs=unix-none" : "?mode=ro&immutable=1";
        String address = "jdbc:sqlite:file:" + file.toAbsolutePath().toUri().getRawPath() + how;
        return forReading(DriverManager.getConnection(address), file, "PRAGMA locking_mode=EXCLUSIVE");
    }

    /** A spool that has nothing, for who reads while there is no other. */
    public static Connection openNothing() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        prepare(connection, Path.of("nowhere"));
        return connection;
    }

    private static Connection forReading(Connection connection, Path file, String setting) throws SQLException {
        try {
            run(connection, setting);
            requireVersion(connection);
            run(connection, "PRAGMA temp_store=MEMORY");
            long version = number(connection, "PRAGMA user_version");
            requireKnown(version, file);
            if (version == 0) {
                throw new SQLException(file + " has no tables");
            }
            for (String view : version == 1 ? AS_VERSION_2 : List.<String>of()) {
                run(connection, view);
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static Connection open(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        run(connection, "PRAGMA busy_timeout=5000");
        return connection;
    }

    private static void requireVersion(Connection connection) throws SQLException {
        String version = text(connection, "SELECT sqlite_version()");
        String[] parts = version.split("\\.");
        for (int i = 0; i < OLDEST_SQLITE.length; i++) {
            int part = i < parts.length ? Integer.parseInt(parts[i]) : 0;
            if (part != OLDEST_SQLITE[i]) {
                if (part < OLDEST_SQLITE[i]) {
                    throw new ForeignSpoolException("SQLite " + version
                            + " can lose committed records; 3.51.3 or later is" + " needed: check org.sqlite.lib.path");
                }
                return;
            }
        }
    }

    /** Makes the tables in an empty file, and brings an older version's up to date; refuses a later version's. */
    public static void prepare(Connection connection, Path file) throws SQLException {
        long version = number(connection, "PRAGMA user_version");
        if (version == VERSION) {
            return;
        }
        requireKnown(version, file);
        run(connection, "BEGIN IMMEDIATE");
        if (version == 0) {
            for (String table : TABLES) {
                run(connection, table);
            }
        }
        for (String change : TO_VERSION_2) {
            run(connection, change);
        }
        run(connection, "PRAGMA user_version=" + VERSION);
        run(connection, "COMMIT");
    }

    private static void requireKnown(long version, Path file) {
        if (version < 0 || version > VERSION) {
            throw new ForeignSpoolException(file + " has schema version " + version + ", this program writes " + VERSION
                    + ": start the version that wrote it, or move the file away");
        }
    }

    public static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    public static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            String value = rows.next() ? rows.getString(1) : null;
            return value == null ? "" : value;
        }
    }
}
