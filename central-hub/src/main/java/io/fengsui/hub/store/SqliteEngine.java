package io.fengsui.hub.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A file in WAL mode with {@code synchronous=FULL}, so that what is committed survives a power cut. Deleted rows leave
 * free pages that are used again; the file shrinks only by backup and restore, which copies what is alive.
 */
record SqliteEngine(Path file) implements Engine {
    private static final int BUSY_MILLIS = 5_000;
    private static final int CACHE_KIB = 16 * 1024;
    private static final int WRITING_CACHE_KIB = 48 * 1024;
    private static final int WAL_KEPT = 64 << 20;
    private static final int WAL_PAGES = 4_096;

    @Override
    public DataSource writing() {
        SQLiteConfig config = config();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setJournalSizeLimit(WAL_KEPT);
        // The same pages change again and again: written back after 16 MB of log, not after 4.
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, Integer.toString(WAL_PAGES));
        // Rows go into ten indexes: what does not fit is read again from the file for each.
        config.setCacheSize(-WRITING_CACHE_KIB);
        return source(config);
    }

    @Override
    public String opened(Connection writer) throws SQLException {
        return FileMark.put(writer);
    }

    /** For a copy that nobody has opened: without a log beside it. */
    DataSource copying() {
        return source(config());
    }

    @Override
    public DataSource reading() {
        SQLiteConfig config = config();
        config.setReadOnly(true);
        return source(config);
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setCacheSize(-CACHE_KIB);
        return config;
    }

    private DataSource source(SQLiteConfig config) {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return source;
    }

    @Override
    public String blob() {
        return "BLOB";
    }

    @Override
    public String notices() {
        return "json_each(outbox.notices)";
    }

    @Override
    public boolean isRemote() {
        return false;
    }

    @Override
    public String place() {
        return file.toString();
    }
}
