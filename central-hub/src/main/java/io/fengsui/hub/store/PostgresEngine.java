package io.fengsui.hub.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL server. No call waits for it longer than the timeout: a server that is frozen, or a connection that is
 * half open, ends as an error. The server likewise ends a transaction of a hub that is frozen, so that the rows it holds
 * come free.
 */
record PostgresEngine(DatabaseSettings.PostgresServer server) implements Engine {
    /** A hub frozen in the middle of a transaction holds its lease's row until then. */
    private static final int IDLE_IN_TRANSACTION_MILLIS = 10_000;

    @Override
    public DataSource writing() {
        PGSimpleDataSource source = source("fengsui-hub writer");
        // Not less than this machine's disk, whatever is set for others; a stricter level is left as it is.
        source.setOptions(source.getOptions() + " -c synchronous_commit=on -c idle_in_transaction_session_timeout="
                + IDLE_IN_TRANSACTION_MILLIS);
        return source;
    }

    @Override
    public Connection migrating() throws SQLException {
        Connection connection = writing().getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = 0; SET lock_timeout = 0");
            connection.setNetworkTimeout(Runnable::run, 0);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public DataSource reading() {
        PGSimpleDataSource source = source("fengsui-hub reader");
        source.setReadOnly(true);
        return source;
    }

    private PGSimpleDataSource source(String name) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.url());
        source.setUser(server.user());
        if (server.password() != null) {
            source.setPassword(server.password().reveal());
        }
        int seconds = (int) server.timeout().toSeconds();
        source.setConnectTimeout(seconds);
        source.setLoginTimeout(seconds);
        source.setSocketTimeout(seconds);
        source.setCancelSignalTimeout(seconds);
        source.setTcpKeepAlive(true);
        source.setApplicationName(name);
        source.setReWriteBatchedInserts(true);
        // Rows hold what people said and did: they are not for the log.
        source.setLogServerErrorDetail(false);
        // The server gives up a little earlier than the connection, so that an error is had and not a dead socket.
        long millis = Math.max(500, server.timeout().toMillis() - 500);
        source.setOptions("-c statement_timeout=" + millis + " -c lock_timeout=" + millis);
        return source;
    }

    /** Throws with what to do about it when the server cannot keep the hub's promises. */
    void check() throws SQLException {
        try (Connection connection = writing().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT current_setting('server_encoding') = 'UTF8',
                               ('a-' < 'a.') AND ('Z' < 'a') AND ('b-1' < 'b.0'),
                               current_setting('fsync') = 'on'""")) {
            row.next();
            require(row.getBoolean(1), "its encoding is not UTF8");
            require(row.getBoolean(2), "it does not sort texts by their bytes");
            require(row.getBoolean(3), "the server runs with fsync=off: a power cut would lose what was acknowledged");
        }
    }

    private void require(boolean isGood, String otherwise) {
        if (!isGood) {
            throw new UnfitDatabaseException("the database " + server.url() + " does not fit: " + otherwise
                    + ". Make it by: CREATE DATABASE fengsui TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'");
        }
    }

    @Override
    public String blob() {
        return "BYTEA";
    }

    @Override
    public String notices() {
        return "json_array_elements(CAST(outbox.notices AS json))";
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public String place() {
        return server.url();
    }
}
