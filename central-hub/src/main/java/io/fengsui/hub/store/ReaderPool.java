package io.fengsui.hub.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;

/**
 * Lends at most {@code size} read-only connections and keeps them open between uses, as long as they answer. Who finds
 * none free waits at most {@value #WAIT_SECONDS} s and is then refused. Thread-safe.
 */
final class ReaderPool implements ConnectionFactory, AutoCloseable {
    private static final int WAIT_SECONDS = 10;

    private static final int ANSWER_SECONDS = 2;

    private final DataSource source;
    private final boolean isRemote;
    private final Semaphore permits;
    private final ConcurrentLinkedQueue<Connection> idle = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    ReaderPool(Engine engine, int size) {
        this.source = engine.reading();
        this.isRemote = engine.isRemote();
        this.permits = new Semaphore(size);
    }

    @Override
    public Connection openConnection() throws SQLException {
        try {
            if (!permits.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new SQLException("all database readers were busy for " + WAIT_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while waiting for a database reader", e);
        }
        try {
            for (Connection kept = idle.poll(); kept != null; kept = idle.poll()) {
                if (!isRemote || kept.isValid(ANSWER_SECONDS)) {
                    return kept;
                }
                kept.close();
            }
            return source.getConnection();
        } catch (SQLException | RuntimeException e) {
            permits.release();
            throw e;
        }
    }

    @Override
    public void closeConnection(Connection connection) throws SQLException {
        try {
            if (connection.isClosed()) {
                return;
            }
            if (!connection.getAutoCommit()) {
                connection.setAutoCommit(true);
            }
            if (closed) {
                connection.close();
            } else {
                idle.add(connection);
            }
        } finally {
            permits.release();
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Connection kept = idle.poll(); kept != null; kept = idle.poll()) {
            try {
                kept.close();
            } catch (SQLException e) {
                throw new IllegalStateException("closing a database reader failed", e);
            }
        }
    }
}
