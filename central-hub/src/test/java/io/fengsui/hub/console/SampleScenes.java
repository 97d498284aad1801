package io.fengsui.hub.console;

import io.fengsui.protocol.wire.v1.Box;
import io.fengsui.protocol.wire.v1.Detection;
import io.fengsui.protocol.wire.v1.Event;
import io.fengsui.protocol.wire.v1.Lane;
import io.fengsui.protocol.wire.v1.Name;
import io.fengsui.protocol.wire.v1.Phase;
import io.fengsui.protocol.wire.v1.Place;
import io.fengsui.protocol.wire.v1.Reason;
import io.fengsui.protocol.wire.v1.Severity;
import io.fengsui.protocol.wire.v1.Source;
import io.fengsui.protocol.wire.v1.SourceType;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What happens in the small town, and where: texts, boxes and reasons as edges send them. */
final class SampleScenes {
    private SampleScenes() {}

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

        /** Where its source stands. */
        Spot spot() {
            return SPOTS.stream()
                    .filter(spot -> spot.source().equals(source))
                    .findFirst()
                    .orElseThrow();
        }

        /** As an edge tells of its beginning. */
        Event told(String id, Spot spot, String edge) {
            return Event.newBuilder()
                    .setEventId(id)
                    .setRevision(1)
                    .setPhase(Phase.PHASE_BEGUN)
                    .setKind(kind())
                    .setSeverity(Severity.valueOf("SEVERITY_" + severity().toUpperCase(Locale.ROOT)))
                    .setSource(Source.newBuilder()
                            .setType(isCamera() ? SourceType.SOURCE_TYPE_CAMERA : SourceType.SOURCE_TYPE_SENSOR)
                            .setId(spot.source())
                            .setZone(zone()))
                    .setSite("jincheng")
                    .setRuleId(kind())
                    .setRuleVersion("1")
                    .setModelName(seen().isEmpty() ? "" : "nanodet-g")
                    .setModelVersion(seen().isEmpty() ? "" : "1")
                    .setDedupKey(kind() + "/" + spot.source())
                    .putAllAttributes(attributes())
                    .addAllDetections(seen())
                    .addAllWhy(why())
                    .setLane(Lane.LANE_URGENT)
                    .setEdgeId(edge)
                    .setPlace(Place.newBuilder()
                            .setName(Name.newBuilder().setZh(spot.placeZh()).setEn(spot.placeEn()))
                            .setGrid(spot.grid()))
                    .build();
        }
    }

    record Spot(String source, String zh, String en, String placeZh, String placeEn, String grid) {}

    static final List<Spot> SPOTS = List.of(
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

    static final List<Scene> ALL = List.of(
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
}
