package io.fengsui.hub.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
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

    private static final int MAX_STATEMENTS = 64;

    private final Jdbi jdbi;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private @Nullable Handle open;

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
        PreparedStatement known = prepared.get(sql);
        if (known != null) {
            return known;
        }
        if (prepared.size() >= MAX_STATEMENTS) {
            for (PreparedStatement old : prepared.values()) {
                old.close();
            }
            prepared.clear();
        }
        PreparedStatement fresh = handle().getConnection().prepareStatement(sql);
        prepared.put(sql, fresh);
        return fresh;
    }

    public void begin() {
        handle().begin();
    }

    public void commit() {
        handle().commit();
    }

    /** Ends whatever was begun without effect, and lets go of the connection. Never throws. */
    public void discard() {
        Handle old = open;
        open = null;
        prepared.clear(); // they end with their connection
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
