package io.fengsui.hub.store.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.config.JdbiConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Statements that are prepared once a connection, of those that readers are lent: to prepare one costs several times what it
 * takes to run it. For a few texts only, each stays as long as its connection. Their results must be closed before the connection is
 * given back, for that ends what they read. Thread-safe, as long as nobody else has the connection.
 */
public final class KeptStatements implements JdbiConfig<KeptStatements> {
    private static final Logger LOG = LoggerFactory.getLogger(KeptStatements.class);

    private final Map<Connection, Map<String, PreparedStatement>> kept = new ConcurrentHashMap<>();

    /** Not to be closed. */
    PreparedStatement of(Connection connection, String sql) throws SQLException {
        Map<String, PreparedStatement> own = kept.get(connection);
        if (own == null) {
            kept.keySet().removeIf(KeptStatements::isClosed); // it may be there in the place of another
            own = new ConcurrentHashMap<>();
            kept.put(connection, own);
        }
        PreparedStatement known = own.get(sql);
        if (known == null || known.isClosed()) {
            known = connection.prepareStatement(sql);
            own.put(sql, known);
        }
        return known;
    }

    /** One of them failed: whatever was wrong with it, they are prepared anew. */
    void forget(Connection connection) {
        Map<String, PreparedStatement> own = kept.remove(connection);
        if (own != null) {
            own.values().forEach(KeptStatements::close);
        }
    }

    private static void close(PreparedStatement statement) {
        try {
            statement.close();
        } catch (SQLException e) {
            LOG.debug("a statement that failed could not be closed", e);
        }
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    /** Handles have what their database has. */
    @Override
    public KeptStatements createCopy() {
        return this;
    }
}
