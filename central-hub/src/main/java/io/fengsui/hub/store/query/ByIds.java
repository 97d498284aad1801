package io.fengsui.hub.store.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Reads many rows at once by their keys, by JDBC itself: for the stream, which shows every change. */
final class ByIds {
    /** Keys a statement. */
    private static final int AT_ONCE = 256;

    private ByIds() {}

    /** Makes a value of the row that the result stands at. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** @param until the statement up to and with the column of the key */
    static <T> List<T> read(Jdbi jdbi, String until, List<String> ids, Reader<T> reader) {
        List<T> found = new ArrayList<>(ids.size());
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
            jdbi.useHandle(handle -> read(handle.getConnection(), until, some, reader, found));
        }
        return found;
    }

    private static <T> void read(
            Connection connection, String until, List<String> ids, Reader<T> reader, List<T> found) {
        try (PreparedStatement statement = connection.prepareStatement(until + " IN (" + marks(ids.size()) + ")")) {
            for (int i = 0; i < ids.size(); i++) {
                statement.setString(i + 1, ids.get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("rows cannot be read by their ids", e);
        }
    }

    private static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }
}
