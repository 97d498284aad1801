package io.fengsui.benchmarks.chaos.spool;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Properties;
import java.util.logging.Logger;

/**
 * The negative control of the power cuts: SQLite's driver, but every {@code PRAGMA synchronous=FULL} becomes {@code NORMAL}. A
 * test that does not find what this loses finds nothing.
 */
final class UnsynchronizedDriver implements Driver {
    private final Driver real;

    private UnsynchronizedDriver(Driver real) {
        this.real = real;
    }

    /** Takes the place of SQLite's driver in this process. */
    static void install() throws SQLException {
        Driver real = DriverManager.getDriver("jdbc:sqlite:");
        for (Driver one : Collections.list(DriverManager.getDrivers())) {
            if (one.acceptsURL("jdbc:sqlite:")) {
                DriverManager.deregisterDriver(one);
            }
        }
        DriverManager.registerDriver(new UnsynchronizedDriver(real));
    }

    @Override
    public Connection connect(String url, Properties properties) throws SQLException {
        Connection connection = real.connect(url, properties);
        return (Connection) Proxy.newProxyInstance(
                UnsynchronizedDriver.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, given) -> {
                    Object result = invoke(connection, method, given);
                    return method.getName().equals("createStatement") ? careless((Statement) result) : result;
                });
    }

    private static Statement careless(Statement statement) {
        return (Statement) Proxy.newProxyInstance(
                UnsynchronizedDriver.class.getClassLoader(),
                new Class<?>[] {Statement.class},
                (proxy, method, given) -> {
                    if (given != null && given.length > 0 && given[0] instanceof String sql) {
                        given[0] = sql.replace("synchronous=FULL", "synchronous=NORMAL");
                    }
                    return invoke(statement, method, given);
                });
    }

    private static Object invoke(Object on, java.lang.reflect.Method method, Object[] given) throws Throwable {
        try {
            return method.invoke(on, given);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
        return real.acceptsURL(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) throws SQLException {
        return real.getPropertyInfo(url, properties);
    }

    @Override
    public int getMajorVersion() {
        return real.getMajorVersion();
    }

    @Override
    public int getMinorVersion() {
        return real.getMinorVersion();
    }

    @Override
    public boolean jdbcCompliant() {
        return real.jdbcCompliant();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return real.getParentLogger();
    }
}
