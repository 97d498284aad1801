package io.fengsui.hub.store.rows;

import io.fengsui.hub.store.WriterSession;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads by JDBC itself, with a statement that is prepared once a connection: what is looked up for each event must not
 * cost more than the event. Writer's thread only.
 */
final class Lookup {
    private Lookup() {}

    /** Makes a value of the row that the result stands at. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** @param values of the statement's marks, in order; as in {@link RowBatch} */
    static <T> List<T> list(WriterSession session, String sql, Reader<T> reader, @Nullable Object... values) {
        try {
            PreparedStatement statement = session.prepared(sql);
            for (int i = 0; i < values.length; i++) {
                RowBatch.bind(statement, i + 1, values[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<T> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
                return found;
            }
        } catch (SQLException e) {
            throw new RowsException("a lookup", e);
        }
    }

    /** The first row's value; null when there is none. */
    static <T> @Nullable T one(WriterSession session, String sql, Reader<T> reader, @Nullable Object... values) {
        List<T> found = list(session, sql, reader, values);
        return found.isEmpty() ? null : found.getFirst();
    }
}
