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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what the last run left, verified or not. A row that cannot be read, or is not as it was written, costs itself only. */
public final class RestoredEvents {
    private static final Logger LOG = LoggerFactory.getLogger(RestoredEvents.class);

    private static final int MOST_PICTURES = 30_000;

    private final Map<String, byte[]> states = new HashMap<>();
    private final List<Event> open = new ArrayList<>();
    private final List<Event> awaiting = new ArrayList<>();
    private boolean isWhole = true;

    private RestoredEvents() {}

    public static Restored read(Connection connection) throws SQLException {
        return new RestoredEvents().readAll(connection);
    }

    /**
     * Open events that are in the file now and were not known, or not so, when the agent was started: nobody can go on with them before
     * the next start.
     */
    public static List<Event> unknown(Connection connection, Restored known) throws SQLException {
        Restored found = read(connection);
        Set<Event> events = Set.copyOf(known.openEvents());
        List<Event> unknown = found.openEvents().stream()
                .filter(event -> !events.contains(event))
                .toList();
        long states = found.ruleStates().entrySet().stream()
                .filter(state ->
                        !Arrays.equals(state.getValue(), known.ruleStates().get(state.getKey())))
                .count();
        if (!unknown.isEmpty() || states > 0) {
            LOG.warn(
                    "what an earlier run left could not be read in time, the next start goes on with it: open-events={} states={}",
                    unknown.size(),
                    states);
        }
        return unknown;
    }

    private Restored readAll(Connection connection) throws SQLException {
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
        return new Restored(states, open, awaiting, pictures(connection), isWhole);
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
    private boolean isIntact(@Nullable String key, byte @Nullable [] value, long crc) {
        boolean isIntact = key != null && value != null && KeyedRow.isIntact(key, value, crc);
        if (!isIntact) {
            isWhole = false;
            LOG.error("a stored row is damaged and is left out: key={}", key);
        }
        return isIntact;
    }

    private void add(String id, byte[] body, List<Event> events) {
        try {
            events.add(Bodies.decodeEvent(body));
        } catch (MalformedMessageException e) {
            isWhole = false;
            LOG.error("stored event cannot be read and is left out: event={} reason={}", id, e.getMessage());
        }
    }
}
