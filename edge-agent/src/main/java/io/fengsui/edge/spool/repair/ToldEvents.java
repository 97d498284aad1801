package io.fengsui.edge.spool.repair;

import io.fengsui.edge.spool.store.Bodies;
import io.fengsui.edge.spool.store.SpoolWriter;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.wire.MalformedMessageException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the records of a rebuilt spool say of open events and of pictures, for tables of which rows are lost. Of an event that
 * may have ended unseen the last word is that it is open: it ends again, while one that is forgotten never does. Confined to
 * the thread that uses it.
 */
final class ToldEvents {
    private static final Logger LOG = LoggerFactory.getLogger(ToldEvents.class);

    private final SpoolWriter target;
    private final Map<String, Integer> newest;

    /** @param newest revision of each event among the records */
    ToldEvents(SpoolWriter target, Map<String, Integer> newest) {
        this.target = target;
        this.newest = newest;
    }

    /**
     * Adds what the tables lack; what they have that is newer, or further on its way, stays.
     *
     * @param kept revision of each event in the table of live ones
     */
    void complete(Map<String, Integer> kept) throws SQLException {
        try (PreparedStatement select = target.connection()
                        .prepareStatement(
                                "SELECT sequence, event_id, revision, body FROM record ORDER BY lane, sequence");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                String id = rows.getString(2);
                int revision = rows.getInt(3);
                if (revision > 0 && revision == newest.getOrDefault(id, 0)) {
                    take(rows.getLong(1), rows.getBytes(4), kept.getOrDefault(id, 0));
                }
            }
        }
    }

    private void take(long sequence, byte[] body, int keptRevision) throws SQLException {
        Event event;
        try {
            event = Bodies.decodeEvent(body);
        } catch (MalformedMessageException e) {
            LOG.debug("a record is not of an event: {}", e.getMessage());
            return;
        }
        if (event.revision() > keptRevision) {
            target.live().keep(event, body);
        }
        target.evidence().promise(event, sequence, target.nowMillis());
    }
}
