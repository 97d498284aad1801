package io.fengsui.edge.spool.repair;

import io.fengsui.edge.spool.store.EvidenceRow;
import io.fengsui.edge.spool.store.EvidenceRows;
import io.fengsui.edge.spool.store.LaneCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Rows about evidence: those that cannot be read, and the way of the others into a new file. */
final class EvidenceSalvage {
    private EvidenceSalvage() {}

    /** Ids of rows that make no sense, as they are stored. */
    static List<byte[]> unreadable(Connection connection) throws SQLException {
        List<byte[]> bad = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT " + EvidenceRows.COLUMNS + ", CAST(evidence_id AS BLOB) FROM evidence");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                if (parse(rows).isEmpty()) {
                    bad.add(rows.getBytes(10));
                }
            }
        }
        return bad;
    }

    static Optional<EvidenceRow> parse(ResultSet row) throws SQLException {
        try {
            for (int column = 1; column <= 7; column++) {
                if (row.getString(column) == null) {
                    return Optional.empty();
                }
            }
            EvidenceRow read = EvidenceRows.read(row);
            boolean isTaken = read.state() != EvidenceRow.State.PENDING && read.state() != EvidenceRow.State.LOST;
            boolean isSane = read.size() >= 0
                    && read.sequence() >= 0
                    && !(isTaken && read.sha256().isNone());
            return isSane ? Optional.of(read) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static boolean isId(String text) {
        try {
            return text != null && UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Writes a row into a new file.
     *
     * @param places where the records of events are now; evidence of others can be sent at once
     */
    static void put(Connection target, EvidenceRow row, Map<String, Long> places) throws SQLException {
        try (PreparedStatement insert = target.prepareStatement(
                "INSERT OR IGNORE INTO evidence(" + EvidenceRows.COLUMNS + ") VALUES(?,?,?,?,?,?,?,?,?)")) {
            insert.setString(1, row.id().toString());
            insert.setString(2, row.event().toString());
            insert.setInt(3, LaneCode.of(row.lane()));
            insert.setLong(4, places.getOrDefault(row.event().toString(), 0L));
            insert.setString(5, row.state().name());
            insert.setString(6, row.mediaType());
            insert.setString(7, row.sha256().isNone() ? "" : row.sha256().hex());
            insert.setLong(8, row.size());
            insert.setLong(9, row.updated().toEpochMilli());
            insert.executeUpdate();
        }
    }
}
