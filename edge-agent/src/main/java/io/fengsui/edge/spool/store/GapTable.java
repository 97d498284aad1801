package io.fengsui.edge.spool.store;

import io.fengsui.protocol.Lane;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What is lost and not yet told: a row for each lane and cause, widened until it is told. Written in the transaction that
 * drops, deleted in the one that holds the event which tells it: nothing is lost silently, whatever dies in between.
 * Confined to {@code ring-spool}.
 */
public final class GapTable {
    private final Connection connection;

    GapTable(Connection connection) {
        this.connection = connection;
    }

    /** Counts records as lost. */
    public void add(Lane lane, Gap.Why why, long first, long last, long records, int worst, long nowMillis)
            throws SQLException {
        try (PreparedStatement put = connection.prepareStatement(
                "INSERT INTO gap(lane, why, first, last, records, worst, since) VALUES(?,?,?,?,?,?,?)"
                        + " ON CONFLICT(lane, why) DO UPDATE SET first=min(first, excluded.first),"
                        + " last=max(last, excluded.last), records=records+excluded.records,"
                        + " worst=max(worst, excluded.worst)")) {
            put.setInt(1, LaneCode.of(lane));
            put.setString(2, why.name());
            put.setLong(3, first);
            put.setLong(4, last);
            put.setLong(5, records);
            put.setInt(6, worst);
            put.setLong(7, nowMillis);
            put.executeUpdate();
        }
    }

    public List<Gap> untold() throws SQLException {
        List<Gap> gaps = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT id, lane, why, first, last, records, worst, since FROM gap ORDER BY id");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                gaps.add(new Gap(
                        rows.getLong(1),
                        LaneCode.lane(rows.getInt(2)),
                        why(rows.getString(3)),
                        rows.getLong(4),
                        rows.getLong(5),
                        rows.getLong(6),
                        rows.getInt(7),
                        Instant.ofEpochMilli(rows.getLong(8))));
            }
        }
        return gaps;
    }

    private static Gap.Why why(String stored) {
        for (Gap.Why why : Gap.Why.values()) {
            if (why.name().equals(stored)) {
                return why;
            }
        }
        return Gap.Why.DAMAGED;
    }

    public void told(Gap gap) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM gap WHERE id=?")) {
            delete.setLong(1, gap.id());
            delete.executeUpdate();
        }
    }
}
