package io.fengsui.edge.spool.repair;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what can still be read of a small table: from its beginning until a page fails, then from its end until one does.
 * Rows may come twice.
 */
final class TableSalvage<T> {
    private static final Logger LOG = LoggerFactory.getLogger(TableSalvage.class);
    private static final int MOST_ROWS = 1_000_000;

    /** Reads the present row; null when it makes no sense. */
    @FunctionalInterface
    interface Reading<T> {
        @Nullable
        T read(ResultSet row) throws SQLException;
    }

    /** Takes a row; what it throws ends the salvage. */
    @FunctionalInterface
    interface Writing<T> {
        void write(T row) throws SQLException;
    }

    private final Connection source;
    private final Reading<T> reading;
    private final Writing<T> writing;
    private long lost;

    TableSalvage(Connection source, Reading<T> reading, Writing<T> writing) {
        this.source = source;
        this.reading = reading;
        this.writing = writing;
    }

    /** Returns how many rows made no sense, and one more when pages could not be read. */
    long run(String columns, String table, String key) throws SQLException {
        String sql = "SELECT " + columns + " FROM " + table + " ORDER BY " + key;
        if (!pass(sql)) {
            lost++;
            pass(sql + " DESC");
        }
        return lost;
    }

    /** Returns whether the end was reached. */
    private boolean pass(String sql) throws SQLException {
        PreparedStatement select;
        try {
            select = source.prepareStatement(sql);
        } catch (SQLException e) {
            return false;
        }
        try {
            ResultSet rows;
            try {
                rows = select.executeQuery();
            } catch (SQLException e) {
                return false;
            }
            for (int count = 0; count < MOST_ROWS; count++) {
                T row;
                try {
                    if (!rows.next()) {
                        return true;
                    }
                    row = reading.read(rows);
                } catch (SQLException e) {
                    return false;
                }
                if (row == null) {
                    lost++;
                } else {
                    writing.write(row);
                }
            }
            return true;
        } finally {
            close(select);
        }
    }

    /** It may fail once more for what failed before, and that is no failure of who writes. */
    private static void close(PreparedStatement select) {
        try {
            select.close();
        } catch (SQLException e) {
            LOG.debug("a damaged table could not be closed: {}", e.getMessage());
        }
    }
}
