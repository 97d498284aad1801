package io.fengsui.benchmarks.chaos.town;

import io.fengsui.benchmarks.chaos.oracle.Found;
import io.fengsui.benchmarks.chaos.oracle.Payloads;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.wire.MalformedMessageException;
import io.fengsui.protocol.wire.WireRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the hub has on its disk: its journal and its tickets, read over a connection that is closed again at once. */
public final class HubBook {
    private static final int HASH_BYTES = 32;

    private final Path database;

    public HubBook(Path database) {
        this.database = database;
    }

    /**
     * Alarms that the hub took.
     *
     * @param alarms each first revision: sensor and value
     * @param inversions records of a lane that do not follow the one before
     * @param twice records that the journal has twice
     */
    public record Contents(List<Found> alarms, int inversions, int twice) {}

    /** All of the alarms in the journal, which holds what came in the order in which it was taken. */
    public Contents alarms() throws IOException {
        List<Found> alarms = new ArrayList<>();
        Map<String, Long> last = new HashMap<>();
        int inversions = 0;
        int twice = 0;
        try (Connection connection = open();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT edge, epoch, lane, sequence, body FROM journal"
                        + " WHERE kind='record' ORDER BY shard, \"offset\"")) {
            while (rows.next()) {
                String lane = rows.getString(1) + "/" + rows.getString(2) + "/" + rows.getString(3);
                long sequence = rows.getLong(4);
                long before = last.getOrDefault(lane, 0L);
                inversions += sequence < before ? 1 : 0;
                twice += sequence == before ? 1 : 0;
                last.put(lane, sequence);
                byte[] body = rows.getBytes(5);
                if (WireRecords.decode(Arrays.copyOfRange(body, HASH_BYTES, body.length)) instanceof Event event
                        && event.revision() == 1
                        && event.attributes().containsKey("value")) {
                    alarms.add(found(event));
                }
            }
        } catch (SQLException | MalformedMessageException e) {
            throw new IOException("cannot read " + database + ": " + e.getMessage(), e);
        }
        return new Contents(alarms, inversions, twice);
    }

    private static Found found(Event event) {
        long value = (long) Double.parseDouble(event.attributes().getOrDefault("value", "0"));
        String sensor = event.origin().source().id();
        return new Found(id(sensor, value), Payloads.hash(sensor + "=" + value));
    }

    public static String id(String sensor, long value) {
        return sensor + ":" + value;
    }

    /** The sensor of each ticket of alarms. */
    public List<String> tickets(String kind) throws IOException {
        List<String> sensors = new ArrayList<>();
        try (Connection connection = open();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT source_id FROM ticket WHERE kind='" + kind + "'")) {
            while (rows.next()) {
                sensors.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IOException("cannot read " + database + ": " + e.getMessage(), e);
        }
        return sensors;
    }

    private Connection open() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout=10000");
            statement.execute("PRAGMA query_only=ON");
        }
        return connection;
    }
}
