package io.fengsui.edge.spool.read;

import io.fengsui.edge.spool.store.KeyedRow;
import io.fengsui.edge.spool.store.LaneCode;
import io.fengsui.edge.spool.store.StoredRecord;
import io.fengsui.protocol.Lane;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Steps through rows that nobody else reads while the spool is in use. Each call is one short statement and changes nothing. */
final class RowScan {
    private RowScan() {}

    /** A record without its body. */
    record Place(long sequence, String eventId, int revision) {}

    /** See {@link SpoolReader#live}. */
    static SpoolReader.LiveRows live(Connection connection, String after, int most) throws SQLException {
        List<String> damaged = new ArrayList<>();
        String last = after;
        int count = 0;
        int keyless = 0;
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT event_id, body, crc FROM live_event WHERE event_id>? ORDER BY event_id LIMIT ?")) {
            select.setString(1, after);
            select.setInt(2, most);
            try (ResultSet rows = select.executeQuery()) {
                for (; rows.next(); count++) {
                    String key = rows.getString(1);
                    if (key == null) {
                        keyless++;
                        continue;
                    }
                    last = key;
                    byte[] body = rows.getBytes(2);
                    if (body == null || !KeyedRow.isIntact(key, body, rows.getLong(3))) {
                        damaged.add(key);
                    }
                }
            }
        }
        // Where the order is damaged too the same rows would come for ever.
        boolean isEnd = count < most || last.compareTo(after) <= 0;
        return new SpoolReader.LiveRows(damaged, keyless, isEnd ? "" : last);
    }

    /** Records of a lane before a position, the newest first. */
    static List<Place> before(Connection connection, Lane lane, long sequence, int most) throws SQLException {
        List<Place> places = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT sequence, event_id, revision FROM record WHERE lane=? AND sequence<?"
                        + " ORDER BY sequence DESC LIMIT ?")) {
            select.setInt(1, LaneCode.of(lane));
            select.setLong(2, sequence);
            select.setInt(3, most);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    String event = rows.getString(2);
                    places.add(new Place(rows.getLong(1), event == null ? "" : event, rows.getInt(3)));
                }
            }
        }
        return places;
    }

    static Optional<StoredRecord> record(Connection connection, Lane lane, long sequence) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT " + StoredRecord.COLUMNS + " FROM record WHERE lane=? AND sequence=?")) {
            select.setInt(1, LaneCode.of(lane));
            select.setLong(2, sequence);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(StoredRecord.read(lane, row)) : Optional.empty();
            }
        }
    }
}
