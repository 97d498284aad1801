package io.fengsui.hub.store.rows;

import io.fengsui.hub.fleet.Edge;
import io.fengsui.hub.fleet.EdgeTable;
import io.fengsui.hub.fleet.SourceInfo;
import io.fengsui.hub.store.WriterSession;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.link.CameraInfo;
import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.link.SensorInfo;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rows of edges, cameras and sensors, on the writer's connection. Where nobody else writes them, those that were read last are kept,
 * for each new ticket asks for them, until they are written or a transaction ends without effect. Writer's thread only.
 */
public final class EdgeRows implements EdgeTable {
    private static final int KEPT = 20_000;

    /** @param table where a device of the edge is looked for; empty: the edge itself */
    private record Key(String edge, String table, String id) {}

    private final WriterSession session;
    private final boolean isOnly;
    /** As the database has them, by edge; empty: it has none. The edge that was not asked for longest is dropped first. */
    private final LinkedHashMap<String, Map<Key, Optional<Object>>> kept = new LinkedHashMap<>(64, 0.75f, true);

    private int keptRows;

    private long discards;

    /** @param isOnly whether nobody else writes these rows */
    public EdgeRows(WriterSession session, boolean isOnly) {
        this.session = session;
        this.isOnly = isOnly;
    }

    @Override
    public @Nullable Edge find(String edge) {
        return kept(
                new Key(edge, "", ""),
                Edge.class,
                () -> Lookup.one(session, "SELECT * FROM edge WHERE id = ?", EdgeRows::edge, edge));
    }

    private <T> @Nullable T kept(Key key, Class<T> type, Supplier<@Nullable T> read) {
        if (!isOnly) {
            return read.get();
        }
        if (discards != session.discards()) {
            discards = session.discards();
            kept.clear();
            keptRows = 0;
        }
        Map<Key, Optional<Object>> ofEdge = kept.get(key.edge());
        Optional<Object> known = ofEdge == null ? null : ofEdge.get(key);
        if (known == null) {
            known = Optional.ofNullable(read.get());
            kept.computeIfAbsent(key.edge(), _ -> new HashMap<>()).put(key, known);
            keptRows++;
            while (keptRows > KEPT) {
                forget(kept.firstEntry().getKey());
            }
        }
        return known.map(type::cast).orElse(null);
    }

    private void forget(String edge) {
        Map<Key, Optional<Object>> ofEdge = kept.remove(edge);
        keptRows -= ofEdge == null ? 0 : ofEdge.size();
    }

    @Override
    public List<Edge> all() {
        return session.handle()
                .createQuery("SELECT * FROM edge ORDER BY id")
                .map((rs, context) -> edge(rs))
                .list();
    }

    private static Edge edge(ResultSet rs) throws SQLException {
        Name siteName = new Name(rs.getString("site_name_zh"), rs.getString("site_name_en"));
        return new Edge(
                new Hello.Identity(
                        rs.getString("id"),
                        rs.getString("site"),
                        siteName,
                        rs.getString("epoch"),
                        rs.getString("boot_id"),
                        rs.getString("fingerprint")),
                new Edge.Version(
                        rs.getString("software_version"),
                        rs.getInt("protocol_version"),
                        rs.getString("configuration_hash")),
                Columns.instant(rs, "first_seen"),
                Columns.instant(rs, "last_seen"),
                Duration.ofMillis(rs.getLong("clock_offset_millis")),
                rs.getBoolean("connected"),
                Columns.optionalInstant(rs, "silent_since"),
                rs.getString("forked_epoch"));
    }

    @Override
    public void write(Collection<Edge> edges) {
        RowBatch batch = RowBatch.upsert(session, "edge", "id");
        for (Edge edge : edges) {
            batch.set("id", edge.id())
                    .set("site", edge.site())
                    .set("site_name_zh", edge.siteName().zh())
                    .set("site_name_en", edge.siteName().en())
                    .set("epoch", edge.identity().epoch())
                    .set("forked_epoch", edge.forkedEpoch())
                    .set("fingerprint", edge.identity().fingerprint())
                    .set("boot_id", edge.identity().bootId())
                    .set("software_version", edge.version().software())
                    .set("protocol_version", edge.version().protocol())
                    .set("first_seen", edge.firstSeen().toEpochMilli())
                    .set("last_seen", edge.lastSeen().toEpochMilli())
                    .set("clock_offset_millis", edge.clockOffset().toMillis())
                    .set("connected", edge.isConnected() ? 1 : 0)
                    .set("silent_since", Columns.millis(edge.silentSince()))
                    .set("configuration_hash", edge.version().configurationHash())
                    .add();
        }
        batch.write();
        edges.forEach(edge -> {
            Map<Key, Optional<Object>> ofEdge = kept.get(edge.id());
            if (ofEdge != null && ofEdge.remove(new Key(edge.id(), "", "")) != null) {
                keptRows--;
            }
        });
    }

    @Override
    public void writeInventories(Map<String, Hello.Inventory> inventories) {
        inventories.keySet().forEach(this::forget);
        inventories.forEach((edge, inventory) -> {
            session.handle().execute("DELETE FROM camera WHERE edge = ?", edge);
            session.handle().execute("DELETE FROM sensor WHERE edge = ?", edge);
            writeCameras(edge, inventory.cameras());
            writeSensors(edge, inventory.sensors());
        });
    }

    private void writeCameras(String edge, List<CameraInfo> cameras) {
        RowBatch batch = RowBatch.upsert(session, "camera", "edge", "id");
        for (CameraInfo camera : cameras) {
            bind(batch, edge, camera.id(), camera.name(), camera.place())
                    .set("subject", camera.subject())
                    .add();
        }
        batch.write();
    }

    private void writeSensors(String edge, List<SensorInfo> sensors) {
        RowBatch batch = RowBatch.upsert(session, "sensor", "edge", "id");
        for (SensorInfo sensor : sensors) {
            bind(batch, edge, sensor.id(), sensor.name(), sensor.place())
                    .set("subject", sensor.subject())
                    .set("quantity", sensor.quantity())
                    .add();
        }
        batch.write();
    }

    private static RowBatch bind(RowBatch batch, String edge, String id, Name name, Place place) {
        return batch.set("edge", edge)
                .set("id", id)
                .set("name_zh", name.zh())
                .set("name_en", name.en())
                .set("place_zh", place.name().zh())
                .set("place_en", place.name().en())
                .set("grid", place.grid())
                .set("longitude", Columns.longitude(place))
                .set("latitude", Columns.latitude(place));
    }

    @Override
    public @Nullable SourceInfo source(String edge, Source source) {
        return switch (source.type()) {
            case CAMERA -> device("camera", edge, source.id());
            case SENSOR -> device("sensor", edge, source.id());
            case EDGE, HUB, PERSON -> null;
        };
    }

    private @Nullable SourceInfo device(String table, String edge, String id) {
        return kept(
                new Key(edge, table, id),
                SourceInfo.class,
                () -> Lookup.one(
                        session,
                        "SELECT * FROM " + table + " WHERE edge = ? AND id = ?",
                        row -> new SourceInfo(
                                new Name(row.getString("name_zh"), row.getString("name_en")), Columns.place(row)),
                        edge,
                        id));
    }
}
