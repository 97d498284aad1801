package io.fengsui.hub.store.query;

import io.fengsui.hub.access.user.Reach;
import io.fengsui.hub.store.query.TicketQueries.PlaceRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** What is asked about edges, cameras and sensors. Reads committed rows only; blocks. Thread-safe. */
public final class FleetQueries {
    /** Of an event {@code e}: its camera streams, as far as anybody knows, and nobody looks at what it sends. */
    private static final String BLIND = """
            e.phase IN ('begun', 'updated') AND e.kind = 'health.camera.quarantined' AND NOT EXISTS (
                SELECT 1 FROM event o WHERE o.edge = e.edge AND o.source_id = e.source_id
                AND o.phase IN ('begun', 'updated') AND o.kind = 'health.camera.offline')""";

    private static final String EDGE = """
            SELECT d.*,
                   (SELECT COUNT(*) FROM camera c WHERE c.edge = d.id) AS cameras,
                   (SELECT COUNT(*) FROM sensor s WHERE s.edge = d.id) AS sensors,
                   (SELECT COUNT(DISTINCT e.source_id) FROM event e
                    WHERE e.edge = d.id AND e.phase IN ('begun', 'updated')
                      AND e.kind = 'health.camera.offline') AS cameras_offline,
                   (SELECT COUNT(DISTINCT e.source_id) FROM event e
                    WHERE e.edge = d.id AND %s) AS cameras_blind
            FROM edge d
            """.formatted(BLIND);

    /** A row of the edge table with counts of its inventory. */
    public record EdgeRow(
            String id,
            String site,
            Names siteName,
            Software software,
            Contact contact,
            Counts counts,
            boolean isForked) {
        public record Names(String zh, String en) {}

        public record Software(String version, int protocol, String configurationHash) {}

        public record Contact(
                boolean isConnected,
                long firstSeen,
                long lastSeen,
                @Nullable Long silentSince,
                long clockOffsetMillis) {}

        /** @param camerasBlind those that are not offline, and that nobody looks at */
        public record Counts(long cameras, long camerasOffline, long camerasBlind, long sensors) {}
    }

    /** A camera or sensor of an edge's inventory; {@code quantity} is empty for cameras. */
    public record DeviceRow(
            String edge,
            String id,
            EdgeRow.Names name,
            PlaceRow place,
            String subject,
            String quantity,
            Health health) {
        /**
         * @param faultSince when its open event of being away began; null when it has none
         * @param blindSince when that began, that nobody looks at what it sends; null when it has none
         */
        public record Health(
                boolean isEdgeConnected,
                @Nullable Long faultSince,
                @Nullable Long blindSince) {}
    }

    /** Where the page before ended. */
    public record After(String edge, String id) {}

    /** Kinds of devices, with the kinds of event that say that they are away, and that nobody looks at what they send. */
    public enum DeviceType {
        CAMERA("camera", "'' AS quantity", "health.camera.offline", "health.camera.quarantined"),
        SENSOR("sensor", "c.quantity", "health.sensor.silent", "");

        private final String table;
        private final String quantity;
        private final String fault;
        private final String blind;

        DeviceType(String table, String quantity, String fault, String blind) {
            this.table = table;
            this.quantity = quantity;
            this.fault = fault;
            this.blind = blind;
        }
    }

    private final Jdbi jdbi;

    public FleetQueries(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public List<EdgeRow> edges(Reach reach, String afterId, int limit) {
        return jdbi.withHandle(handle -> {
            Query query = handle.createQuery(
                            EDGE + " WHERE d.id > :after AND " + edgeSeen(reach) + " ORDER BY d.id LIMIT :limit")
                    .bind("after", afterId)
                    .bind("limit", limit);
            Reached.bindPlace(query, reach);
            return query.map((rs, context) -> edge(rs)).list();
        });
    }

    /** Empty also when there is such an edge, and it is beyond that reach. */
    public Optional<EdgeRow> edge(String id, Reach reach) {
        return jdbi.withHandle(handle -> {
            Query query = handle.createQuery(EDGE + " WHERE d.id = :id AND " + edgeSeen(reach))
                    .bind("id", id);
            Reached.bindPlace(query, reach);
            return query.map((rs, context) -> edge(rs)).findOne();
        });
    }

    /** An edge stands at no place itself: it is seen by whoever sees a camera or sensor of it. */
    static String edgeSeen(Reach reach) {
        String device = " c WHERE c.edge = d.id AND " + Reached.place(reach, "c.grid") + ")";
        return reach.isEverywhere()
                ? "1 = 1"
                : "(EXISTS (SELECT 1 FROM camera" + device + " OR EXISTS (SELECT 1 FROM sensor" + device + ")";
    }

    /** In order of edge and id. */
    public List<DeviceRow> devices(DeviceType type, Reach reach, After after, int limit) {
        String sql = """
                SELECT c.edge, c.id, c.name_zh, c.name_en, c.place_zh, c.place_en, c.grid, c.longitude, c.latitude,
                       c.subject, %s, COALESCE(d.connected, 0) AS connected,
                       (SELECT MIN(e.occurred_at) FROM event e
                        WHERE e.edge = c.edge AND e.phase IN ('begun', 'updated')
                          AND e.source_id = c.id AND e.kind = :fault) AS fault_since,
                       (SELECT MIN(e.occurred_at) FROM event e
                        WHERE e.edge = c.edge AND e.phase IN ('begun', 'updated')
                          AND e.source_id = c.id AND e.kind = :blind) AS blind_since
                FROM %s c LEFT JOIN edge d ON d.id = c.edge
                WHERE (c.edge > :edge OR (c.edge = :edge AND c.id > :id)) AND %s
                ORDER BY c.edge, c.id LIMIT :limit
                """.formatted(type.quantity, type.table, Reached.place(reach, "c.grid"));
        return jdbi.withHandle(handle -> {
            Query query = handle.createQuery(sql)
                    .bind("fault", type.fault)
                    .bind("blind", type.blind)
                    .bind("edge", after.edge())
                    .bind("id", after.id())
                    .bind("limit", limit);
            Reached.bindPlace(query, reach);
            return query.map((rs, context) -> device(rs)).list();
        });
    }

    /** By how many milliseconds the clock of a connected edge differs from the hub's at most. */
    public long mostClockOffset() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT COALESCE(MAX(ABS(clock_offset_millis)), 0) FROM edge WHERE connected = 1")
                .mapTo(Long.class)
                .one());
    }

    /**
     * The whole fleet in a few numbers.
     *
     * @param camerasBlind those that are not offline, and that nobody looks at
     */
    public record Totals(long edges, long edgesConnected, long cameras, long camerasOffline, long camerasBlind) {}

    public Totals totals(Reach reach) {
        String camera = Reached.place(reach, "c.grid");
        String seen = reach.isEverywhere()
                ? ""
                : " AND EXISTS (SELECT 1 FROM camera c WHERE c.edge = e.edge AND c.id = e.source_id AND " + camera
                        + ")";
        String sql = """
                SELECT (SELECT COUNT(*) FROM edge d WHERE %1$s) AS edges,
                       (SELECT COUNT(*) FROM edge d WHERE d.connected = 1 AND %1$s) AS edges_connected,
                       (SELECT COUNT(*) FROM camera c WHERE %2$s) AS cameras,
                       (SELECT COUNT(*) FROM (
                            SELECT DISTINCT e.edge, e.source_id FROM event e
                            WHERE e.phase IN ('begun', 'updated')
                              AND e.kind = 'health.camera.offline'%3$s) AS away) AS cameras_offline,
                       (SELECT COUNT(*) FROM (
                            SELECT DISTINCT e.edge, e.source_id FROM event e
                            WHERE %4$s%3$s) AS unseen) AS cameras_blind
                """.formatted(edgeSeen(reach), camera, seen, BLIND);
        return jdbi.withHandle(handle -> {
            Query query = handle.createQuery(sql);
            Reached.bindPlace(query, reach);
            return query.map((rs, context) -> new Totals(
                            rs.getLong("edges"),
                            rs.getLong("edges_connected"),
                            rs.getLong("cameras"),
                            rs.getLong("cameras_offline"),
                            rs.getLong("cameras_blind")))
                    .one();
        });
    }

    private static EdgeRow edge(ResultSet rs) throws SQLException {
        String forked = rs.getString("forked_epoch");
        return new EdgeRow(
                rs.getString("id"),
                rs.getString("site"),
                new EdgeRow.Names(rs.getString("site_name_zh"), rs.getString("site_name_en")),
                new EdgeRow.Software(
                        rs.getString("software_version"),
                        rs.getInt("protocol_version"),
                        rs.getString("configuration_hash")),
                new EdgeRow.Contact(
                        rs.getBoolean("connected"),
                        rs.getLong("first_seen"),
                        rs.getLong("last_seen"),
                        TicketQueries.optionalLong(rs, "silent_since"),
                        rs.getLong("clock_offset_millis")),
                new EdgeRow.Counts(
                        rs.getLong("cameras"),
                        rs.getLong("cameras_offline"),
                        rs.getLong("cameras_blind"),
                        rs.getLong("sensors")),
                forked != null && forked.equals(rs.getString("epoch")));
    }

    private static DeviceRow device(ResultSet rs) throws SQLException {
        return new DeviceRow(
                rs.getString("edge"),
                rs.getString("id"),
                new EdgeRow.Names(rs.getString("name_zh"), rs.getString("name_en")),
                TicketQueries.place(rs),
                rs.getString("subject"),
                rs.getString("quantity"),
                new DeviceRow.Health(
                        rs.getBoolean("connected"),
                        TicketQueries.optionalLong(rs, "fault_since"),
                        TicketQueries.optionalLong(rs, "blind_since")));
    }
}
