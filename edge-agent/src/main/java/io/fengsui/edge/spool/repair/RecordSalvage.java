package io.fengsui.edge.spool.repair;

import io.fengsui.edge.spool.store.LaneCode;
import io.fengsui.edge.spool.store.StoredRecord;
import io.fengsui.protocol.Lane;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what can still be read of a lane: range by range, and where a range fails both halves of it, down to the row; what is
 * missing then is looked for in the pages themselves. A row that does not fit its checksum is not taken. Bounded: a failing range costs at most two queries for each of its rows.
 */
final class RecordSalvage {
    private static final long STEP = 512;
    /** Beyond it a lane's end is not believed: no spool holds so many rows. */
    private static final long MOST_ROWS = 1L << 26;

    /** Takes records in ascending order. */
    @FunctionalInterface
    interface Sink {
        void take(StoredRecord record) throws SQLException;
    }

    private final @Nullable Connection connection;
    private final PageScan scan;
    private final Lane lane;
    private final Sink sink;
    private long taken;

    /** @param connection null when SQLite reads nothing of the file */
    RecordSalvage(@Nullable Connection connection, PageScan scan, Lane lane, Sink sink) {
        this.connection = connection;
        this.scan = scan;
        this.lane = lane;
        this.sink = sink;
    }

    /** Reads positions {@code first} to {@code last}; returns how many were whole. */
    long read(long first, long last) throws SQLException {
        long end = Math.min(last, first + MOST_ROWS);
        for (long from = first; from <= end; from += STEP) {
            range(from, Math.min(end, from + STEP - 1));
        }
        return taken;
    }

    private void range(long from, long to) throws SQLException {
        List<StoredRecord> rows = List.of();
        try {
            rows = rows(from, to);
        } catch (SQLException e) {
            if (from < to) {
                long middle = from + (to - from) / 2;
                range(from, middle);
                range(middle + 1, to);
                return;
            }
        }
        long next = from;
        for (StoredRecord row : rows) {
            // Pages that point at each other wrongly can show a row twice, or in the wrong place.
            boolean isNext = row.sequence() >= next && row.sequence() <= to;
            if (isNext && row.verdict() == StoredRecord.Verdict.INTACT) {
                search(next, row.sequence() - 1);
                take(row);
                next = row.sequence() + 1;
            }
        }
        search(next, to);
    }

    /** What no tree leads to. */
    private void search(long from, long to) throws SQLException {
        if (from <= to) {
            for (StoredRecord record : scan.between(lane, from, to)) {
                take(record);
            }
        }
    }

    private void take(StoredRecord record) throws SQLException {
        taken++;
        sink.take(record);
    }

    private List<StoredRecord> rows(long from, long to) throws SQLException {
        List<StoredRecord> found = new ArrayList<>();
        if (connection == null) {
            return found;
        }
        try (PreparedStatement select = connection.prepareStatement("SELECT " + StoredRecord.COLUMNS
                + " FROM record WHERE lane=? AND sequence BETWEEN ? AND ? ORDER BY sequence")) {
            select.setInt(1, LaneCode.of(lane));
            select.setLong(2, from);
            select.setLong(3, to);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next() && found.size() <= to - from) {
                    found.add(StoredRecord.read(lane, rows));
                }
            }
        }
        return found;
    }

    /** The first or last position that can be seen; 0 when none can. */
    static long edge(Connection connection, Lane lane, boolean isLast) {
        try (PreparedStatement select = connection.prepareStatement("SELECT sequence FROM record WHERE lane=?"
                + " ORDER BY sequence " + (isLast ? "DESC" : "ASC") + " LIMIT 1")) {
            select.setInt(1, LaneCode.of(lane));
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        } catch (SQLException e) {
            return 0;
        }
    }
}
