package io.fengsui.hub.store.rows;

import io.fengsui.hub.shard.RowRefusedException;
import io.fengsui.hub.store.WriterSession;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Rows of one table, written together: by JDBC itself, because named parameters cost more than the writing, and so many at
 * once that their values stay in the processor's cache. Writer's thread only; used once.
 */
final class RowBatch {
    private static final Set<SQLiteErrorCode> OF_DATA = Set.of(
            SQLiteErrorCode.SQLITE_TOOBIG,
            SQLiteErrorCode.SQLITE_MISMATCH,
            SQLiteErrorCode.SQLITE_CONSTRAINT_CHECK,
            SQLiteErrorCode.SQLITE_CONSTRAINT_NOTNULL,
            SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY,
            SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE);

    private static final int AT_ONCE = 128;

    private final WriterSession session;
    private final String table;
    private final List<String> keys;
    private final boolean isOldKept;
    private final List<String> columns = new ArrayList<>();
    private final List<@Nullable Object> values = new ArrayList<>();
    private final List<String> kept = new ArrayList<>();
    private @Nullable String same;
    private int at;
    private boolean isShaped;

    /** What a statement's text is made of: to make it anew for each transaction costs as much as a row. */
    private record Shape(
            String table,
            List<String> keys,
            List<String> columns,
            List<String> kept,
            @Nullable String same,
            boolean isOldKept) {}

    private RowBatch(WriterSession session, String table, List<String> keys, boolean isOldKept) {
        this.session = session;
        this.table = table;
        this.keys = keys;
        this.isOldKept = isOldKept;
    }

    /** Rows that are new. */
    static RowBatch insert(WriterSession session, String table) {
        return new RowBatch(session, table, List.of(), false);
    }

    /** Rows that are new or replace the one of the same key. */
    static RowBatch upsert(WriterSession session, String table, String... keys) {
        return new RowBatch(session, table, List.of(keys), false);
    }

    /** Rows that are new; where there is one of the same key, that one stays as it is. */
    static RowBatch insertNew(WriterSession session, String table, String... keys) {
        return new RowBatch(session, table, List.of(keys), true);
    }

    /** Where the row of the key has a value in this column and the new one has none, the old one stays. */
    RowBatch keeping(String column) {
        kept.add(column);
        return this;
    }

    /**
     * A row is refused when that of its key has another value in this column, which takes no null: then the new value is
     * null. How many rows were changed cannot be asked, for the driver makes one statement of many rows.
     */
    RowBatch onlySame(String column) {
        same = column;
        return this;
    }

    /** A column's value in the row that is being made: text, number, bytes or null. All rows name the same columns. */
    RowBatch set(String column, @Nullable Object value) {
        if (!isShaped) {
            columns.add(column);
        } else if (at >= columns.size() || !columns.get(at).equals(column)) {
            throw new IllegalArgumentException(table + ": " + column + " is not where the first row has it");
        }
        values.add(value);
        at++;
        return this;
    }

    /** The row is complete. */
    void add() {
        if (at != columns.size()) {
            throw new IllegalArgumentException(table + ": a row of " + at + " columns and not " + columns.size());
        }
        at = 0;
        isShaped = true;
        if (values.size() >= AT_ONCE * columns.size()) {
            write();
        }
    }

    private String statement() {
        String marks = "?" + ", ?".repeat(columns.size() - 1);
        String insert = "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES (" + marks + ")";
        if (keys.isEmpty()) {
            return insert;
        }
        if (isOldKept) {
            return insert + " ON CONFLICT (" + String.join(", ", keys) + ") DO NOTHING";
        }
        String changes = columns.stream()
                .filter(column -> !keys.contains(column))
                .map(column -> column + " = " + changed(column))
                .collect(Collectors.joining(", "));
        return insert + " ON CONFLICT (" + String.join(", ", keys) + ") DO UPDATE SET " + changes;
    }

    private String changed(String column) {
        String old = table + "." + column;
        String fresh = "excluded." + column;
        if (column.equals(same)) {
            return "CASE WHEN " + old + " = " + fresh + " THEN " + fresh + " END";
        }
        return kept.contains(column) ? "COALESCE(" + fresh + ", " + old + ")" : fresh;
    }

    /** Writes the rows that are not written yet, if there are any. */
    void write() {
        if (values.isEmpty()) {
            return;
        }
        try {
            PreparedStatement statement = session.prepared(
                    new Shape(table, keys, List.copyOf(columns), List.copyOf(kept), same, isOldKept), this::statement);
            int width = columns.size();
            for (int first = 0; first < values.size(); first += width) {
                for (int i = 0; i < width; i++) {
                    bind(statement, i + 1, values.get(first + i));
                }
                statement.addBatch();
            }
            statement.executeBatch();
            values.clear();
        } catch (SQLException e) {
            throw isOfData(e) ? new RowRefusedException(table, e) : new RowsException(table, e);
        }
    }

    static void bind(PreparedStatement statement, int at, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setNull(at, Types.NULL);
            case String text -> statement.setString(at, text);
            case Long number -> statement.setLong(at, number);
            case Integer number -> statement.setInt(at, number);
            case Double number -> statement.setDouble(at, number);
            case byte[] bytes -> statement.setBytes(at, bytes);
            default -> throw new IllegalArgumentException("no column holds a " + value.getClass());
        }
    }

    /** Whether the database works and it is the row that it does not take. */
    private static boolean isOfData(SQLException error) {
        for (Throwable e = error; e != null; e = e.getCause()) {
            if (e instanceof SQLiteException sqlite && OF_DATA.contains(sqlite.getResultCode())) {
                return true;
            }
            // Classes 22 and 23 of ISO 9075-2: data exceptions and integrity constraint violations. PostgreSQL's 54:
            // the row is over a limit, as a text that is too long for an index.
            if (e instanceof SQLException sql && sql.getSQLState() != null) {
                String state = sql.getSQLState();
                if (state.startsWith("22") || state.startsWith("23") || state.startsWith("54")) {
                    return true;
                }
            }
        }
        return false;
    }
}
