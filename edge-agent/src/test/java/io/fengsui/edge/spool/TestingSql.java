package io.fengsui.edge.spool;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Damages a spool from outside. */
public final class TestingSql {
    private TestingSql() {}

    public static void run(Path directory, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("spool.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The page at which a table begins, from 1. */
    public static int root(Path directory, String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("spool.db"));
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT rootpage FROM sqlite_schema WHERE name='" + table + "'")) {
            return row.getInt(1);
        }
    }

    /** As a program of schema version 1 would have written it. */
    public static void toVersionOne(Path directory) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("spool.db"));
                PreparedStatement update =
                        connection.prepareStatement("UPDATE record SET crc32c=? WHERE lane=? AND sequence=?");
                var rows = connection.createStatement().executeQuery("SELECT lane, sequence, body FROM record")) {
            List<Object[]> sums = new ArrayList<>();
            while (rows.next()) {
                CRC32C sum = new CRC32C();
                sum.update(ByteBuffer.allocate(9)
                        .put((byte) rows.getInt(1))
                        .putLong(rows.getLong(2))
                        .flip());
                sum.update(rows.getBytes(3));
                sums.add(new Object[] {sum.getValue(), rows.getInt(1), rows.getLong(2)});
            }
            for (Object[] sum : sums) {
                for (int i = 0; i < sum.length; i++) {
                    update.setObject(i + 1, sum[i]);
                }
                update.executeUpdate();
            }
        }
        for (String change : List.of(
                "ALTER TABLE record DROP COLUMN importance",
                "ALTER TABLE record DROP COLUMN hash_crc",
                "ALTER TABLE lane DROP COLUMN crc",
                "ALTER TABLE rule_state DROP COLUMN crc",
                "ALTER TABLE live_event DROP COLUMN crc",
                "DROP TABLE gap",
                "DROP TABLE damaged",
                "PRAGMA user_version=1")) {
            run(directory, change);
        }
    }
}
