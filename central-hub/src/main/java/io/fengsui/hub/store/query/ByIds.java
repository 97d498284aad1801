package io.fengsui.hub.store.query;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Reads many rows at once by their keys, by JDBC itself: for the stream, which shows every change. */
final class ByIds {
    /** Keys a statement; where there are fewer, the last one stands in the places that are left. */
    private static final int[] AT_ONCE = {1, 4, 16, 64, 256};

    private ByIds() {}

    /** Makes a value of the row that the result stands at. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** @param until the statement up to and with the column of the key */
    static <T> List<T> read(Jdbi jdbi, String until, List<String> ids, Reader<T> reader) {
        List<T> found = new ArrayList<>(ids.size());
        int most = AT_ONCE[AT_ONCE.length - 1];
        for (int from = 0; from < ids.size(); from += most) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + most));
            jdbi.useHandle(handle -> read(handle, until, some, reader, found));
        }
        return found;
    }

    private static <T> void read(Handle handle, String until, List<String> ids, Reader<T> reader, List<T> found) {
        KeptStatements kept = handle.getConfig(KeptStatements.class);
        try {
            int size = Arrays.stream(AT_ONCE)
                    .filter(one -> one >= ids.size())
                    .findFirst()
                    .orElseThrow();
            PreparedStatement statement =
                    kept.of(handle.getConnection(), until + " IN (?" + ", ?".repeat(size - 1) + ")");
            for (int i = 0; i < size; i++) {
                statement.setString(i + 1, ids.get(Math.min(i, ids.size() - 1)));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
            }
        } catch (SQLException e) {
            kept.forget(handle.getConnection());
            throw new IllegalStateException("rows cannot be read by their ids", e);
        }
    }
}
