package io.fengsui.hub.console;

import io.fengsui.protocol.value.Sha256;
import io.fengsui.protocol.wire.v1.Box;
import io.fengsui.protocol.wire.v1.Detection;
import io.fengsui.protocol.wire.v1.Event;
import io.fengsui.protocol.wire.v1.Lane;
import io.fengsui.protocol.wire.v1.Name;
import io.fengsui.protocol.wire.v1.Phase;
import io.fengsui.protocol.wire.v1.Place;
import io.fengsui.protocol.wire.v1.Reason;
import io.fengsui.protocol.wire.v1.RecordBody;
import io.fengsui.protocol.wire.v1.Severity;
import io.fengsui.protocol.wire.v1.Source;
import io.fengsui.protocol.wire.v1.SourceType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Rows of a small town as the shard's writer would leave them: edges, cameras, sensors, events, tickets, changes. */
final class SampleTown {
    /** What happens: kind, titles, severity, source, what was seen or read. */
    record Scene(
            String kind,
            String zh,
            String en,
            String severity,
            String source,
            String zone,
            List<Detection> seen,
            Map<String, String> attributes,
            List<Reason> why) {
        boolean isCamera() {
            return source.startsWith("cam");
        }
    }

    private record Spot(String source, String zh, String en, String placeZh, String placeEn, String grid) {}

    private static final List<Spot> SPOTS = List.of(
            new Spot(
                    "cam-reservoir-01",
                    "水库大坝 1 号",
                    "Reservoir dam 1",
                    "高都镇 · 任庄水库",
                    "Gaodu · Renzhuang reservoir",
                    "140525-003-07"),
            new Spot("cam-school-gate", "小学门口", "School gate", "高都镇 · 中心小学", "Gaodu · central school", "140525-001-02"),
            new Spot("cam-fire-lane", "消防通道", "Fire lane", "凤台社区 · 3 号院", "Fengtai · courtyard 3", "140502-010-11"),
            new Spot(
                    "cam-market-02", "集市东口", "Market, east", "巴公镇 · 农贸市场", "Bagong · farmers' market", "140525-002-05"),
            new Spot(
                    "smoke-0307",
                    "3 号楼 0307 烟感",
                    "Smoke detector 0307",
                    "凤台社区 · 3 号楼",
                    "Fengtai · building 3",
                    "140502-010-11"),
            new Spot(
                    "level-bridge",
                    "丹河桥水位计",
                    "Danhe bridge level",
                    "高都镇 · 丹河桥",
                    "Gaodu · Danhe bridge",
                    "140525-003-02"),
            new Spot(
                    "water-lane-12",
                    "独居老人水表 12",
                    "Water meter 12, lives alone",
                    "凤台社区 · 1 号楼",
                    "Fengtai · building 1",
                    "140502-010-03"));

    static final List<Scene> SCENES = List.of(
            new Scene(
                    "safety.intrusion",
                    "禁区有人逗留",
                    "Person dwelling in a forbidden zone",
                    "major",
                    "cam-reservoir-01",
                    "dam-crest",
                    List.of(box("person", 0.91f, .42f, .38f, .50f, .82f)),
                    Map.of("dwell-seconds", "12"),
                    why(
                            "gate",
                            "opened",
                            "平均帧大小为平时的 3.4 倍",
                            "detector",
                            "person",
                            "person 91%,输入 320x192",
                            "tracker",
                            "stable",
                            "轨迹 17 连续 9 帧",
                            "zone",
                            "inside",
                            "脚点在 dam-crest 内",
                            "rule",
                            "dwell",
                            "已停留 12 秒,上限 10 秒")),
            new Scene(
                    "traffic.parking.illegal",
                    "消防通道停车",
                    "Vehicle stopped on the fire lane",
                    "minor",
                    "cam-fire-lane",
                    "lane",
                    List.of(box("car", 0.88f, .30f, .52f, .62f, .84f)),
                    Map.of("stopped-seconds", "94"),
                    why("gate", "opened", "画面有活动", "detector", "car", "car 88%", "rule", "stopped", "静止 94 秒,上限 90 秒")),
            new Scene(
                    "fire.smoke",
                    "烟感报警",
                    "Smoke alarm",
                    "critical",
                    "smoke-0307",
                    "",
                    List.of(),
                    Map.of("value", "true", "battery", "0.82"),
                    why(
                            "mqtt",
                            "received",
                            "sensors/smoke-0307/state",
                            "sensor",
                            "decoded",
                            "smoke = true",
                            "rule",
                            "threshold",
                            "烟感由假变真")),
            new Scene(
                    "water.level.high",
                    "丹河水位上涨",
                    "River level rising",
                    "critical",
                    "level-bridge",
                    "",
                    List.of(),
                    Map.of("level-m", "3.42", "rise-m-per-h", "0.61"),
                    why("sensor", "decoded", "level = 3.42 m", "rule", "threshold", "3.42 m 高于 3.20 m,持续 60 秒")),
            new Scene(
                    "health.camera.offline",
                    "摄像机离线",
                    "Camera offline",
                    "warning",
                    "cam-market-02",
                    "",
                    List.of(),
                    Map.of("reason", "timeout"),
                    why("camera", "timeout", "30 秒未收到画面,第 5 次重连失败")),
            new Scene(
                    "water.no-use",
                    "独居老人 24 小时未用水",
                    "No water used for 24 hours",
                    "major",
                    "water-lane-12",
                    "",
                    List.of(),
                    Map.of("volume-l", "0", "window-h", "24"),
                    why("sensor", "window", "24 小时用水 0 升", "rule", "no-activity", "同户摄像机区域也无活动,有效观察 97%")),
            new Scene(
                    "safety.crowd",
                    "校门口人群聚集",
                    "Crowd at the school gate",
                    "info",
                    "cam-school-gate",
                    "gate",
                    List.of(
                            box("person", .84f, .20f, .40f, .27f, .78f),
                            box("person", .79f, .35f, .42f, .42f, .80f),
                            box("person", .73f, .58f, .41f, .65f, .79f)),
                    Map.of("count", "3"),
                    why("detector", "person", "3 人", "rule", "count", "3 人持续 60 秒")));

    private static final List<String> STATES = List.of(
            "reported",
            "reported",
            "accepted",
            "verified",
            "filed",
            "dispatched",
            "handled",
            "inspected",
            "closed",
            "void");

    private final Handle handle;
    private final Path evidence;
    private final Random random = new Random(7);
    private long changeOffset;

    SampleTown(Handle handle, Path evidence) {
        this.handle = handle;
        this.evidence = evidence;
    }

    private static Detection box(String label, float confidence, float l, float t, float r, float b) {
        return Detection.newBuilder()
                .setLabel(label)
                .setConfidence(confidence)
                .setTrack(17)
                .setBox(Box.newBuilder().setLeft(l).setTop(t).setRight(r).setBottom(b))
                .build();
    }

    private static List<Reason> why(String... triples) {
        List<Reason> reasons = new java.util.ArrayList<>();
        for (int i = 0; i < triples.length; i += 3) {
            reasons.add(Reason.newBuilder()
                    .setStage(triples[i])
                    .setCode(triples[i + 1])
                    .setDetail(triples[i + 2])
                    .build());
        }
        return reasons;
    }

    void fleet(Instant now) {
        edge("edge-gaodu-01", "高都镇", "Gaodu town", now, true);
        edge("edge-fengtai-01", "凤台社区", "Fengtai community", now, true);
        edge("edge-bagong-02", "巴公镇", "Bagong town", now.minusSeconds(700), false);
        for (Spot spot : SPOTS) {
            String edge = edgeOf(spot.grid());
            String table = spot.source().startsWith("cam") ? "camera" : "sensor";
            handle.execute(
                    "INSERT INTO " + table
                            + " (edge, id, name_zh, name_en, place_zh, place_en, grid, longitude, latitude, subject"
                            + (table.equals("sensor") ? ", quantity" : "")
                            + ") VALUES (?, ?, ?, ?, ?, ?, ?, 112.93, 35.52, ''"
                            + (table.equals("sensor") ? ", 'smoke'" : "") + ")",
                    edge,
                    spot.source(),
                    spot.zh(),
                    spot.en(),
                    spot.placeZh(),
                    spot.placeEn(),
                    spot.grid());
        }
    }

    private static String edgeOf(String grid) {
        return grid.startsWith("140502")
                ? "edge-fengtai-01"
                : grid.startsWith("140525-002") ? "edge-bagong-02" : "edge-gaodu-01";
    }

    void edge(String id, String zh, String en, Instant seen, boolean connected) {
        long millis = seen.toEpochMilli();
        handle.execute(
                "INSERT INTO edge VALUES (?, 'jincheng', ?, ?, 'epoch-1', NULL, 'fp', 'boot', '0.1.0', 1, ?, ?, 12, ?, ?, 'cfg')",
                id,
                zh,
                en,
                millis - 86_400_000L,
                millis,
                connected ? 1 : 0,
                connected ? null : millis);
        change("edge", id, "added", millis);
    }

    /** A ticket of a scene with its event, facts and picture; its id. */
    String ticket(int number, Scene scene, String state, Instant opened) {
        long at = opened.toEpochMilli();
        String id = "20261121-%04d".formatted(number);
        String event = "01939a00-0000-7000-8000-%012d".formatted(number);
        Spot spot = SPOTS.stream()
                .filter(s -> s.source().equals(scene.source()))
                .findFirst()
                .orElseThrow();
        String edge = edgeOf(spot.grid());
        String picture = scene.isCamera() && !scene.kind().startsWith("health")
                ? picture(number, scene, event, id, edge, at)
                : null;
        event(event, scene, spot, edge, number, at);
        handle.execute(
                "INSERT INTO incident VALUES (?, ?, 'jincheng', ?, ?, ?, ?, ?, NULL, ?, 1, 1)",
                "inc-" + number,
                edge,
                scene.kind() + "/" + spot.source(),
                scene.kind(),
                scene.severity(),
                at,
                at,
                id);
        boolean isClosed = state.equals("closed") || state.equals("revisited");
        String category = state.equals("void") ? "void" : isClosed ? "closed" : "open";
        int version = Math.max(1, STATES.indexOf(state));
        handle.execute(
                "INSERT INTO ticket VALUES (?, ?, ?, ?, ?, ?, ?, 'nine-steps', ?, ?, 'jincheng', ?, ?, ?, 112.93123, 35.52456, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, X'00', '', '', '', '', '', 0, '', NULL, 0, 0, 0)",
                id,
                number,
                "inc-" + number,
                scene.kind(),
                scene.zh(),
                scene.en(),
                scene.severity(),
                state,
                category,
                spot.placeZh(),
                spot.placeEn(),
                spot.grid(),
                scene.isCamera() ? "camera" : "sensor",
                spot.source(),
                spot.zh(),
                spot.en(),
                scene.zone(),
                edge,
                scene.kind() + "/" + spot.source(),
                number % 5 == 0 ? at + 90_000 : null,
                at,
                at - 1_500,
                at,
                isClosed ? at + 1_800_000 : null,
                version,
                picture);
        for (int v = 1; v <= version; v++) {
            String to = v == 1 ? "reported" : v == version ? state : STATES.get(v);
            fact(id, v, at + (v - 1) * 120_000L, v == 1 ? "" : STATES.get(v - 1), to, v == 1 ? "hub" : "李值班员");
        }
        change("ticket", id, "added", at);
        return id;
    }

    void fact(String ticket, int version, long at, String from, String to, String actor) {
        handle.execute(
                "INSERT INTO ticket_fact VALUES (?, ?, ?, ?, ?, ?, ?, ?, '{}', X'00', X'00')",
                ticket,
                version,
                at,
                actor,
                version == 1 ? "reported" : "stepped",
                from,
                to,
                version == 1 ? "" : "已通知网格员");
    }

    void change(String entity, String id, String kind, long at) {
        changeOffset++;
        handle.execute("INSERT INTO change VALUES (0, ?, ?, ?, ?, ?)", changeOffset, at, entity, id, kind);
    }

    void event(String id, Scene scene, Object where, String edge, int number, long at) {
        Spot spot = (Spot) where;
        Event event = Event.newBuilder()
                .setEventId(id)
                .setRevision(1)
                .setPhase(Phase.PHASE_BEGUN)
                .setKind(scene.kind())
                .setSeverity(Severity.valueOf("SEVERITY_" + scene.severity().toUpperCase(Locale.ROOT)))
                .setSource(Source.newBuilder()
                        .setType(scene.isCamera() ? SourceType.SOURCE_TYPE_CAMERA : SourceType.SOURCE_TYPE_SENSOR)
                        .setId(spot.source())
                        .setZone(scene.zone()))
                .setSite("jincheng")
                .setRuleId(scene.kind())
                .setRuleVersion("1")
                .setModelName(scene.seen().isEmpty() ? "" : "nanodet-g")
                .setModelVersion(scene.seen().isEmpty() ? "" : "1")
                .setDedupKey(scene.kind() + "/" + spot.source())
                .putAllAttributes(scene.attributes())
                .addAllDetections(scene.seen())
                .addAllWhy(scene.why())
                .setLane(Lane.LANE_URGENT)
                .setEdgeId(edge)
                .setPlace(Place.newBuilder()
                        .setName(Name.newBuilder().setZh(spot.placeZh()).setEn(spot.placeEn()))
                        .setGrid(spot.grid()))
                .build();
        handle.execute(
                "INSERT INTO event VALUES (?, 1, 'begun', ?, ?, 'urgent', ?, 'jincheng', ?, ?, ?, '', ?, ?, ?, ?, ?, 0, 0, 0, ?)",
                id,
                scene.kind(),
                scene.severity(),
                edge,
                scene.isCamera() ? "camera" : "sensor",
                spot.source(),
                scene.zone(),
                event.getDedupKey(),
                at - 1_500,
                at - 1_400,
                at,
                "inc-" + number,
                RecordBody.newBuilder().setEvent(event).build().toByteArray());
    }

    private @Nullable String picture(int number, Scene scene, String event, String ticket, String edge, long at) {
        String id = "0193aaaa-0000-7000-8000-%012d".formatted(number);
        String state = number % 11 == 4 ? "pending" : number % 13 == 6 ? "lost" : "ready";
        String hash = "";
        if (state.equals("ready")) {
            byte[] jpeg = DrawnScene.jpeg(scene.source(), scene.seen(), random);
            hash = Sha256.hashOf(jpeg).hex();
            DrawnScene.write(evidence.resolve(hash), jpeg);
        }
        handle.execute(
                "INSERT INTO evidence VALUES (?, ?, ?, ?, 'image/jpeg', ?, ?, 1, ?, ?, '')",
                id,
                event,
                ticket,
                edge,
                state,
                hash,
                at,
                at);
        return state.equals("ready") ? id : null;
    }

    static String state(int number) {
        return STATES.get(number % STATES.size());
    }
}
