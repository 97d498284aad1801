package io.fengsui.edge.spool;

import io.fengsui.edge.spool.store.Bodies;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.wire.MalformedMessageException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what the last run left. A row that cannot be read costs itself only. */
final class RestoredEvents {
    private static final Logger LOG = LoggerFactory.getLogger(RestoredEvents.class);

    private RestoredEvents() {}

    static Restored read(Connection connection) throws SQLException {
        Map<String, byte[]> states = new HashMap<>();
        List<Event> open = new ArrayList<>();
        List<Event> awaiting = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("SELECT key, value FROM rule_state")) {
                while (rows.next()) {
                    states.put(rows.getString(1), rows.getBytes(2));
                }
            }
            try (ResultSet rows = statement.executeQuery("SELECT event_id, is_open, body FROM live_event")) {
                while (rows.next()) {
                    add(rows.getString(1), rows.getBytes(3), rows.getInt(2) == 1 ? open : awaiting);
                }
            }
        }
        return new Restored(states, open, awaiting);
    }

    private static void add(String id, byte[] body, List<Event> events) {
        try {
            events.add(Bodies.decodeEvent(body));
        } catch (MalformedMessageException e) {
            LOG.error("stored event cannot be read and is left out: event={} reason={}", id, e.getMessage());
        }
    }
}
