package io.fengsui.hub.store;

import java.nio.file.Path;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The hub's SQLite file: brought to the newest schema when opened, in WAL mode with {@code synchronous=FULL}, so that
 * what is committed survives a power cut.
 *
 * <p>{@link #writer()} is one connection for one thread; {@link #reader()} lends read-only connections of a bounded pool
 * and sees committed rows only.
 */
public final class HubDatabase implements AutoCloseable {
    private static final int BUSY_MILLIS = 5_000;
    private static final int CACHE_KIB = 16 * 1024;

    private final Jdbi reader;
    private final ReaderPool pool;
    private final Handle writer;

    private HubDatabase(Handle writer, ReaderPool pool) {
        this.writer = writer;
        this.pool = pool;
        this.reader = Jdbi.create(pool);
    }

    /** Opens the file, creates or migrates its schema. {@code readers} bounds the queries that run at once. */
    public static HubDatabase open(Path file, int readers) {
        SQLiteDataSource writing = source(file, false);
        Flyway.configure(HubDatabase.class.getClassLoader())
                .dataSource(writing)
                .locations("classpath:db/migration/common", "classpath:db/migration/sqlite")
                .placeholders(Map.of("blob", "BLOB"))
                .load()
                .migrate();
        Handle handle = Jdbi.create(writing).open();
        return new HubDatabase(handle, new ReaderPool(source(file, true), readers));
    }

    private static SQLiteDataSource source(Path file, boolean isReadOnly) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setCacheSize(-CACHE_KIB);
        config.setReadOnly(isReadOnly);
        if (!isReadOnly) {
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
            config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        }
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return source;
    }

    /** For queries; any thread. A query waits while all readers are lent. */
    public Jdbi reader() {
        return reader;
    }

    /** For the shard's writer thread only. */
    public Handle writer() {
        return writer;
    }

    @Override
    public void close() {
        pool.close();
        writer.close();
    }
}
