package io.fengsui.benchmarks.cameras;

import io.fengsui.benchmarks.cameras.sight.Sighting;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.SourceType;
import io.fengsui.protocol.wire.MalformedMessageException;
import io.fengsui.protocol.wire.WireRecords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Reads what the agent has committed, again and again on a thread of its own, so that the moment is known at which an event was on
 * disk; a commit is noticed up to {@value #POLL_MILLIS} ms late. Thread-safe.
 */
final class SpoolTail implements AutoCloseable {
    private static final int POLL_MILLIS = 15;

    private final Path file;
    private final Thread reader;
    private final Map<String, Sighting> byEvent = new HashMap<>();
    private final Map<Integer, Long> positions = new HashMap<>();
    private volatile boolean isClosed;

    SpoolTail(Path file) {
        this.file = file;
        this.reader = Thread.ofPlatform().daemon().name("spool-tail").start(this::run);
    }

    List<Sighting> sightings() {
        synchronized (byEvent) {
            return new ArrayList<>(byEvent.values());
        }
    }

    private void run() {
        try {
            while (!isClosed && !Files.exists(file)) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            // The tables are made a moment after the file.
            TimeUnit.SECONDS.sleep(1);
            tail();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            System.err.println("the spool cannot be read: " + e.getMessage());
        }
    }

    private void tail() throws SQLException, InterruptedException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            try (var statement = connection.createStatement()) {
                statement.execute("PRAGMA busy_timeout=5000");
                statement.execute("PRAGMA query_only=ON");
            }
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT lane, sequence, body FROM record WHERE lane = ? AND sequence > ? ORDER BY sequence")) {
                while (!isClosed) {
                    for (int lane = 0; lane < 4; lane++) {
                        read(query, lane);
                    }
                    TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
                }
            }
        }
    }

    private void read(PreparedStatement query, int lane) throws SQLException {
        query.setInt(1, lane);
        query.setLong(2, positions.getOrDefault(lane, 0L));
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                positions.put(lane, rows.getLong(2));
                accept(rows.getBytes(3), System.currentTimeMillis() / 1000.0);
            }
        }
    }

    private void accept(byte[] body, double now) {
        Event event;
        try {
            if (!(WireRecords.decode(body) instanceof Event decoded)) {
                return;
            }
            event = decoded;
        } catch (MalformedMessageException e) {
            return;
        }
        if (event.origin().source().type() != SourceType.CAMERA
                || !event.cause().rule().equals(AgentPlan.RULE)) {
            return;
        }
        String id = event.id().toString();
        double begun = seconds(event.times().occurred().wall());
        double ended =
                event.phase() == Phase.ENDED ? seconds(event.times().revised().wall()) : Double.POSITIVE_INFINITY;
        synchronized (byEvent) {
            Sighting known = byEvent.get(id);
            byEvent.put(
                    id, new Sighting(event.origin().source().id(), begun, ended, known == null ? now : known.known()));
        }
    }

    private static double seconds(Instant at) {
        return at.getEpochSecond() + at.getNano() / 1e9;
    }

    @Override
    public void close() {
        isClosed = true;
        try {
            reader.join(2000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
