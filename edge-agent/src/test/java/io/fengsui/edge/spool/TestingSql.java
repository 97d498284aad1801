package io.fengsui.edge.spool;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
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
}
