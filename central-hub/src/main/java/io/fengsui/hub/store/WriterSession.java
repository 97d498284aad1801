package io.fengsui.hub.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection of a writer. It is thrown away with every transaction that does not commit: what broke may be the
 * connection. One thread at a time.
 */
public final class WriterSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WriterSession.class);

    private static final int MAX_STATEMENTS = 96;

    private final Jdbi jdbi;
    private final Map<Object, PreparedStatement> prepared = new HashMap<>();
    private @Nullable Handle open;
    private volatile String last = "";
    /** How often what was read over it may have become wrong. */
    private long discards;

    /** How many rows this connection had changed when it committed last. */
    private long changes;

    WriterSession(DataSource writing) {
        this.jdbi = Jdbi.create(writing);
    }

    /** The connection, opened if there is none; throws when the database cannot be reached. */
    public Handle handle() {
        if (open == null) {
            open = jdbi.open();
        }
        return open;
    }

    /** A statement that is prepared once a connection; it is not to be closed. */
    public PreparedStatement prepared(String sql) throws SQLException {
        return prepared(sql, () -> sql);
    }

    /** As above, of a statement whose text is made only when it is prepared; equal keys have equal texts. */
    public PreparedStatement prepared(Object key, Supplier<String> sql) throws SQLException {
        PreparedStatement known = prepared.get(key);
        if (known != null) {
            return known;
        }
        if (prepared.size() >= MAX_STATEMENTS) {
            for (PreparedStatement old : prepared.values()) {
                old.close();
            }
            prepared.clear();
        }
        PreparedStatement fresh = handle().getConnection().prepareStatement(sql.get());
        prepared.put(key, fresh);
        return fresh;
    }

    public void begin() {
        handle().begin();
    }

    /** Rises whenever a transaction ended without effect: what was read or written in it may not be so. */
    public long discards() {
        return discards;
    }

    /** What each transaction that wrote something says before it commits; SQLite's only. Empty: nothing. */
    void endWith(String sql) {
        last = sql;
    }

    public void commit() {
        if (!last.isEmpty() && hasWritten()) {
            endWithLast();
        }
        handle().commit();
    }

    private void endWithLast() {
        try {
            prepared(last).execute();
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }

    private boolean hasWritten() {
        try (ResultSet row = prepared("SELECT total_changes()").executeQuery()) {
            long before = changes;
            changes = row.next() ? row.getLong(1) : before;
            return changes != before;
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }

    /** Ends whatever was begun without effect, and lets go of the connection. Never throws. */
    public void discard() {
        Handle old = open;
        open = null;
        prepared.clear(); // they end with their connection
        changes = 0;
        discards++;
        if (old == null) {
            return;
        }
        try {
            if (!old.getConnection().getAutoCommit()) {
                old.getConnection().rollback();
            }
        } catch (SQLException e) {
            LOG.debug("a broken transaction could not be rolled back", e);
        }
        try {
            old.close();
        } catch (RuntimeException e) {
            LOG.debug("a broken connection could not be closed", e);
        }
    }

    @Override
    public void close() {
        discard();
    }
}
