package io.fengsui.edge.spool.store;

import io.fengsui.protocol.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The newest revision of each event that is open or awaits a picture: what the next start goes on from. Confined to
 * {@code ring-spool}; written in the transaction of the record.
 */
public final class LiveTable {
    private final PreparedStatement put;
    private final PreparedStatement delete;
    private final PreparedStatement deleteClosed;

    LiveTable(Connection connection) throws SQLException {
        put = connection.prepareStatement(
                "INSERT OR REPLACE INTO live_event(event_id, is_open, body, crc) VALUES(?,?,?,?)");
        delete = connection.prepareStatement("DELETE FROM live_event WHERE event_id=?");
        deleteClosed = connection.prepareStatement("DELETE FROM live_event WHERE event_id=? AND is_open=0");
    }

    /** Keeps this revision, or forgets the event when nothing more is to come of it. */
    public void keep(Event event, byte[] body) throws SQLException {
        String id = event.id().toString();
        boolean isOpen = event.phase().isOpen();
        if (isOpen || EvidenceRows.isAwaited(event)) {
            put.setString(1, id);
            put.setInt(2, isOpen ? 1 : 0);
            put.setBytes(3, body);
            put.setLong(4, KeyedRow.crc(id, body));
            put.executeUpdate();
        } else {
            forget(id);
        }
    }

    /** Whatever becomes of it. */
    public void forget(String eventId) throws SQLException {
        delete.setString(1, eventId);
        delete.executeUpdate();
    }

    /** The picture that a closed event waited for will not come. */
    public void forgetAwaiting(String eventId) throws SQLException {
        deleteClosed.setString(1, eventId);
        deleteClosed.executeUpdate();
    }
}
