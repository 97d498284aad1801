package io.fengsui.edge.spool.store;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.EvidenceState;
import io.fengsui.protocol.value.Sha256;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The evidence table. A row moves forward only: pending, taken, ready, delivered; or lost from any but delivered. Confined
 * to its connection's thread.
 */
public final class EvidenceRows {
    public static final String COLUMNS =
            "evidence_id, event_id, lane, sequence, state, media_type, sha256, size, updated";

    private final PreparedStatement promise;
    private final PreparedStatement ready;
    private final PreparedStatement taken;
    private final PreparedStatement move;
    private final PreparedStatement delete;
    private final PreparedStatement find;

    EvidenceRows(Connection connection) throws SQLException {
        promise = connection.prepareStatement("INSERT INTO evidence(" + COLUMNS + ") VALUES(?,?,?,?,'PENDING',?,'',0,?)"
                + " ON CONFLICT(evidence_id) DO UPDATE SET lane=excluded.lane, sequence=excluded.sequence,"
                + " media_type=excluded.media_type WHERE state='TAKEN' AND sequence=0");
        ready = connection.prepareStatement("INSERT INTO evidence(" + COLUMNS + ") VALUES(?,?,?,?,'READY',?,?,?,?)"
                + " ON CONFLICT(evidence_id) DO UPDATE SET state='READY', lane=excluded.lane,"
                + " sequence=excluded.sequence, sha256=excluded.sha256, size=excluded.size, updated=excluded.updated"
                + " WHERE state IN ('PENDING', 'TAKEN')");
        // It may come before the event that promises it: then the lane is set when the event comes.
        taken = connection.prepareStatement("INSERT INTO evidence(" + COLUMNS + ") VALUES(?,?,1,0,'TAKEN','',?,?,?)"
                + " ON CONFLICT(evidence_id) DO UPDATE SET state='TAKEN', sha256=excluded.sha256, size=excluded.size,"
                + " updated=excluded.updated WHERE state='PENDING'");
        move = connection.prepareStatement("UPDATE evidence SET state=?, updated=? WHERE evidence_id=?"
                + " AND state NOT IN ('DELIVERED', 'LOST')");
        delete = connection.prepareStatement("DELETE FROM evidence WHERE evidence_id=?");
        find = connection.prepareStatement("SELECT " + COLUMNS + " FROM evidence WHERE evidence_id=?");
    }

    static boolean isAwaited(Event event) {
        return event.evidence().stream().anyMatch(evidence -> evidence.state() == EvidenceState.PENDING);
    }

    /** Takes over what an event says of its evidence. */
    public void promise(Event event, long sequence, long nowMillis) throws SQLException {
        for (Evidence evidence : event.evidence()) {
            switch (evidence.state()) {
                case PENDING -> {
                    bind(promise, event, evidence, sequence);
                    promise.setLong(6, nowMillis);
                    promise.executeUpdate();
                }
                case READY -> {
                    bind(ready, event, evidence, sequence);
                    ready.setString(6, evidence.sha256().hex());
                    ready.setLong(7, evidence.size());
                    ready.setLong(8, nowMillis);
                    ready.executeUpdate();
                }
                case LOST -> move(evidence.id(), EvidenceRow.State.LOST, nowMillis);
            }
        }
    }

    private static void bind(PreparedStatement statement, Event event, Evidence evidence, long sequence)
            throws SQLException {
        statement.setString(1, evidence.id().toString());
        statement.setString(2, event.id().toString());
        statement.setInt(3, LaneCode.of(event.lane()));
        statement.setLong(4, sequence);
        statement.setString(5, evidence.mediaType());
    }

    public void taken(EventId event, UUID evidence, Sha256 sha256, long size, long nowMillis) throws SQLException {
        taken.setString(1, evidence.toString());
        taken.setString(2, event.toString());
        taken.setString(3, sha256.hex());
        taken.setLong(4, size);
        taken.setLong(5, nowMillis);
        taken.executeUpdate();
    }

    /** Returns whether the row was there and not at its end. */
    public boolean move(UUID evidence, EvidenceRow.State state, long nowMillis) throws SQLException {
        move.setString(1, state.name());
        move.setLong(2, nowMillis);
        move.setString(3, evidence.toString());
        return move.executeUpdate() == 1;
    }

    public void delete(UUID evidence) throws SQLException {
        delete.setString(1, evidence.toString());
        delete.executeUpdate();
    }

    public Optional<EvidenceRow> find(UUID evidence) throws SQLException {
        find.setString(1, evidence.toString());
        try (ResultSet row = find.executeQuery()) {
            return row.next() ? Optional.of(read(row)) : Optional.empty();
        }
    }

    public static EvidenceRow read(ResultSet row) throws SQLException {
        return new EvidenceRow(
                UUID.fromString(row.getString(1)),
                EventId.parse(row.getString(2)),
                LaneCode.lane(row.getInt(3)),
                row.getLong(4),
                EvidenceRow.State.valueOf(row.getString(5)),
                row.getString(6),
                new Sha256(row.getString(7)),
                row.getLong(8),
                Instant.ofEpochMilli(row.getLong(9)));
    }
}
