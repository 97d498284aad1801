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
    public static final String COLUMNS = "id, lane, why, first, last, records, worst, since";

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
        try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS + " FROM gap ORDER BY id");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                gaps.add(read(rows));
            }
        }
        return gaps;
    }

    /** A row of {@link #COLUMNS}. */
    public static Gap read(ResultSet row) throws SQLException {
        return new Gap(
                row.getLong(1),
                LaneCode.lane(row.getInt(2)),
                why(row.getString(3)),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getInt(7),
                Instant.ofEpochMilli(row.getLong(8)));
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
