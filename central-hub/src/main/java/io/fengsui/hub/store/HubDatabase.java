package io.fengsui.hub.store;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The hub's database, brought to the newest schema when opened. Every commit is durable.
 *
 * <p>{@link #writer()} is a connection for one thread; {@link #reader()} lends read-only connections of a bounded pool
 * and sees committed rows only.
 */
public final class HubDatabase implements AutoCloseable {
    private final Engine engine;
    private final Jdbi reader;
    private final ReaderPool pool;
    private final WriterSession writer;
    private final List<WriterSession> others = new CopyOnWriteArrayList<>();

    private HubDatabase(Engine engine, WriterSession writer, ReaderPool pool) {
        this.engine = engine;
        this.writer = writer;
        this.pool = pool;
        this.reader = Jdbi.create(pool);
    }

    /**
     * Opens it, creates or migrates its schema; throws {@link UnfitDatabaseException} when that is not possible.
     *
     * @param readers bounds the queries that run at once
     */
    public static HubDatabase open(DatabaseSettings settings, int readers) {
        Engine engine = engine(settings);
        Schema.migrate(engine);
        WriterSession writer = new WriterSession(engine.writing());
        try {
            writer.endWith(engine.opened(writer.handle().getConnection()));
        } catch (SQLException | JdbiException e) {
            writer.close();
            throw new UnfitDatabaseException(
                    "the database " + engine.place() + " cannot be opened: " + e.getMessage(), e);
        }
        return new HubDatabase(engine, writer, new ReaderPool(engine, readers));
    }

    static Engine engine(DatabaseSettings settings) {
        return switch (settings) {
            case DatabaseSettings.SqliteFile(java.nio.file.Path file) -> {
                FileMark.check(file);
                yield new SqliteEngine(file);
            }
            case DatabaseSettings.PostgresServer server -> {
                PostgresEngine engine = new PostgresEngine(server);
                try {
                    engine.check();
                } catch (SQLException e) {
                    throw new UnfitDatabaseException(
                            "the database " + server.url() + " cannot be reached: " + e.getMessage(), e);
                }
                yield engine;
            }
        };
    }

    /** For queries; any thread. A query waits while all readers are lent. */
    public Jdbi reader() {
        return reader;
    }

    /** For the first shard's writer thread only. */
    public WriterSession writer() {
        return writer;
    }

    /** A connection more that writes, for one thread; only where the database takes several writers. */
    public WriterSession anotherWriter() {
        if (!engine.isRemote()) {
            throw new IllegalStateException("SQLite has one writer");
        }
        WriterSession another = new WriterSession(engine.writing());
        others.add(another);
        return another;
    }

    @Override
    public void close() {
        pool.close();
        writer.close();
        others.forEach(WriterSession::close);
    }
}
