package io.fengsui.edge.spool;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Damages a spool from outside. */
final class TestingSql {
    private TestingSql() {}

    static void run(Path directory, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("spool.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The page at which a table begins, from 1. */
    static int root(Path directory, String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("spool.db"));
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT rootpage FROM sqlite_schema WHERE name='" + table + "'")) {
            return row.getInt(1);
        }
    }
}
