package io.fengsui.hub.store.sqlite;

import io.fengsui.hub.fleet.Edge;
import io.fengsui.hub.fleet.EdgeTable;
import io.fengsui.hub.fleet.SourceInfo;
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
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Rows of edges, cameras and sensors, on the writer's connection. Writer's thread only. */
public final class SqliteEdges implements EdgeTable {
    private final Handle handle;

    public SqliteEdges(Handle writer) {
        this.handle = writer;
    }

    @Override
    public @Nullable Edge find(String edge) {
        return handle.createQuery("SELECT * FROM edge WHERE id = :id")
                .bind("id", edge)
                .map((rs, context) -> edge(rs))
                .findOne()
                .orElse(null);
    }

    @Override
    public List<Edge> all() {
        return handle.createQuery("SELECT * FROM edge ORDER BY id")
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
        PreparedBatch batch = handle.prepareBatch("""
                INSERT OR REPLACE INTO edge (id, site, site_name_zh, site_name_en, epoch, forked_epoch, fingerprint,
                    boot_id, software_version, protocol_version, first_seen, last_seen, clock_offset_millis, connected,
                    silent_since, configuration_hash)
                VALUES (:id, :site, :zh, :en, :epoch, :forked, :fingerprint, :boot, :software, :protocol, :first,
                    :last, :offset, :connected, :silent, :configuration)""");
        for (Edge edge : edges) {
            batch.bind("id", edge.id())
                    .bind("site", edge.site())
                    .bind("zh", edge.siteName().zh())
                    .bind("en", edge.siteName().en())
                    .bind("epoch", edge.identity().epoch())
                    .bind("forked", edge.forkedEpoch())
                    .bind("fingerprint", edge.identity().fingerprint())
                    .bind("boot", edge.identity().bootId())
                    .bind("software", edge.version().software())
                    .bind("protocol", edge.version().protocol())
                    .bind("first", edge.firstSeen().toEpochMilli())
                    .bind("last", edge.lastSeen().toEpochMilli())
                    .bind("offset", edge.clockOffset().toMillis())
                    .bind("connected", edge.isConnected() ? 1 : 0)
                    .bind("silent", Columns.millis(edge.silentSince()))
                    .bind("configuration", edge.version().configurationHash())
                    .add();
        }
        SqliteLedger.execute(batch);
    }

    @Override
    public void writeInventories(Map<String, Hello.Inventory> inventories) {
        inventories.forEach((edge, inventory) -> {
            handle.execute("DELETE FROM camera WHERE edge = ?", edge);
            handle.execute("DELETE FROM sensor WHERE edge = ?", edge);
            writeCameras(edge, inventory.cameras());
            writeSensors(edge, inventory.sensors());
        });
    }

    private void writeCameras(String edge, List<CameraInfo> cameras) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT OR REPLACE INTO camera (edge, id, name_zh, name_en, place_zh, place_en, grid, longitude,
                    latitude, subject)
                VALUES (:edge, :id, :nameZh, :nameEn, :placeZh, :placeEn, :grid, :longitude, :latitude, :subject)""");
        for (CameraInfo camera : cameras) {
            bind(batch, edge, camera.id(), camera.name(), camera.place())
                    .bind("subject", camera.subject())
                    .add();
        }
        SqliteLedger.execute(batch);
    }

    private void writeSensors(String edge, List<SensorInfo> sensors) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT OR REPLACE INTO sensor (edge, id, name_zh, name_en, place_zh, place_en, grid, longitude,
                    latitude, subject, quantity)
                VALUES (:edge, :id, :nameZh, :nameEn, :placeZh, :placeEn, :grid, :longitude, :latitude, :subject,
                    :quantity)""");
        for (SensorInfo sensor : sensors) {
            bind(batch, edge, sensor.id(), sensor.name(), sensor.place())
                    .bind("subject", sensor.subject())
                    .bind("quantity", sensor.quantity())
                    .add();
        }
        SqliteLedger.execute(batch);
    }

    private static PreparedBatch bind(PreparedBatch batch, String edge, String id, Name name, Place place) {
        return batch.bind("edge", edge)
                .bind("id", id)
                .bind("nameZh", name.zh())
                .bind("nameEn", name.en())
                .bind("placeZh", place.name().zh())
                .bind("placeEn", place.name().en())
                .bind("grid", place.grid())
                .bind("longitude", Columns.longitude(place))
                .bind("latitude", Columns.latitude(place));
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
        return handle.createQuery("SELECT * FROM " + table + " WHERE edge = :edge AND id = :id")
                .bind("edge", edge)
                .bind("id", id)
                .map((rs, context) ->
                        new SourceInfo(new Name(rs.getString("name_zh"), rs.getString("name_en")), Columns.place(rs)))
                .findOne()
                .orElse(null);
    }
}
