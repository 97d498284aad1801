package io.fengsui.hub.store;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Map;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings a database to the newest schema. Flyway is given one connection for everything, so that each migration and the
 * note that it was done are one transaction: a hub killed at any instant finds the one or the other when it is started
 * again.
 */
final class Schema {
    private Schema() {}

    static void migrate(Engine engine) {
        try (Connection connection = engine.migrating()) {
            Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(new OneConnection(connection))
                    .locations("classpath:db/migration/common")
                    .placeholders(placeholders(engine))
                    .load()
                    .migrate();
        } catch (SQLException | FlywayException e) {
            throw new UnfitDatabaseException(
                    "the database " + engine.place() + " cannot be opened: " + e.getMessage(), e);
        }
    }

    static Map<String, String> placeholders(Engine engine) {
        return Map.of("blob", engine.blob(), "notices", engine.notices());
    }

    /** Lends the same connection again and again; closing it does nothing. */
    private record OneConnection(Connection connection) implements DataSource {
        @Override
        public Connection getConnection() {
            InvocationHandler keepOpen = (proxy, method, arguments) -> switch (method.getName()) {
                case "close" -> null;
                default -> invoke(method, arguments);
            };
            return (Connection)
                    Proxy.newProxyInstance(Schema.class.getClassLoader(), new Class<?>[] {Connection.class}, keepOpen);
        }

        private Object invoke(Method method, Object[] arguments) throws Throwable {
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        @Override
        public Connection getConnection(String user, String password) {
            return getConnection();
        }

        @Override
        public PrintWriter getLogWriter() throws SQLException {
            throw new SQLFeatureNotSupportedException();
        }

        @Override
        public void setLogWriter(PrintWriter out) {}

        @Override
        public void setLoginTimeout(int seconds) {}

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            throw new SQLException("not a wrapper for " + type);
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }
}
