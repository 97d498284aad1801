package io.fengsui.edge.spool.read;

import io.fengsui.edge.spool.store.Bodies;
import io.fengsui.edge.spool.store.EvidenceRow;
import io.fengsui.edge.spool.store.EvidenceRows;
import io.fengsui.edge.spool.store.KeyedRow;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what the last run left, verified or not. A row that cannot be read, or is not as it was written, costs itself only. */
public final class RestoredEvents {
    private static final Logger LOG = LoggerFactory.getLogger(RestoredEvents.class);

    private static final int MOST_PICTURES = 30_000;

    private RestoredEvents() {}

    public static Restored read(Connection connection) throws SQLException {
        Map<String, byte[]> states = new HashMap<>();
        List<Event> open = new ArrayList<>();
        List<Event> awaiting = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("SELECT key, value, crc FROM rule_state")) {
                while (rows.next()) {
                    String key = rows.getString(1);
                    byte[] value = rows.getBytes(2);
                    if (isIntact(key, value, rows.getLong(3))) {
                        states.put(key, value);
                    }
                }
            }
            try (ResultSet rows = statement.executeQuery("SELECT event_id, is_open, body, crc FROM live_event")) {
                while (rows.next()) {
                    String id = rows.getString(1);
                    byte[] body = rows.getBytes(3);
                    if (isIntact(id, body, rows.getLong(4))) {
                        add(id, body, rows.getInt(2) == 1 ? open : awaiting);
                    }
                }
            }
        }
        return new Restored(states, open, awaiting, pictures(connection));
    }

    private static List<EvidenceRow> pictures(Connection connection) {
        List<EvidenceRow> pictures = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + EvidenceRows.COLUMNS
                        + " FROM evidence WHERE state IN ('PENDING', 'TAKEN', 'READY') LIMIT " + MOST_PICTURES)) {
            while (rows.next()) {
                pictures.add(EvidenceRows.read(rows));
            }
            return pictures;
        } catch (SQLException | RuntimeException e) {
            LOG.warn("what was promised of pictures cannot be read: {}", e.getMessage());
            return List.of();
        }
    }

    /** A place of a damaged file may hold nothing, whatever its column promises. */
    private static boolean isIntact(@Nullable String key, byte @Nullable [] value, long crc) {
        boolean isIntact = key != null && value != null && KeyedRow.isIntact(key, value, crc);
        if (!isIntact) {
            LOG.error("a stored row is damaged and is left out: key={}", key);
        }
        return isIntact;
    }

    private static void add(String id, byte[] body, List<Event> events) {
        try {
            events.add(Bodies.decodeEvent(body));
        } catch (MalformedMessageException e) {
            LOG.error("stored event cannot be read and is left out: event={} reason={}", id, e.getMessage());
        }
    }
}
