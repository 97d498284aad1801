package io.fengsui.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.fieldsim.camera.CameraSettings;
import io.fengsui.fieldsim.camera.RtspServer;
import io.fengsui.fieldsim.camera.SimulatedCamera;
import io.fengsui.fieldsim.camera.Timeline;
import io.fengsui.fieldsim.clip.AccessUnitClip;
import io.fengsui.systemtests.site.Reactor;
import io.fengsui.systemtests.site.Scenes;
import io.fengsui.systemtests.site.Site;
import io.fengsui.systemtests.site.YardScene;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rules of pictures on a drawn yard, through RTSP, decoder, detector and tracker to the hub: each finds its thing once, the
 * same by 1, 5 and 15 looks a second, and a mask takes out what it says and nothing else.
 */
@Tag("slow")
class PictureRulesTest {
    /** Looks of 15 pictures a second. */
    private static final Map<String, String> GATES = Map.of(
            "one", "every-15", "five", "every-3", "fifteen", "all", "no-people", "every-15", "nothing", "every-15");

    private static final String LEFT_HALF = "polygon: [[0, 0.5], [0.5, 0.5], [0.5, 1], [0, 1]]";

    private static final Map<String, String> MASKS = Map.of(
            "no-people", "{id: half, hides: objects, labels: [person], " + LEFT_HALF + "}",
            "nothing", "{id: half, hides: objects, " + LEFT_HALF + "}");

    private static final String RULES = """
            rules:
              - id: passed
                kind: safety.entry
                severity: warning
                line: {labels: [person], points: [[0.5, 0.99], [0.5, 0.65]]}
              - id: crowd
                kind: safety.crowd
                severity: minor
                count: {labels: [person], at-least: 3, time: 3s, exit-grace: 3s}
              - id: parked
                kind: traffic.stopped
                severity: minor
                stopped: {labels: [car, truck, bus], time: 6s, exit-grace: 4s}
              - id: left
                kind: safety.left-object
                severity: minor
                left: {labels: [car, truck, bus], owners: [person], within: 1, time: 4s, exit-grace: 4s}
            """;

    @TempDir
    private Path folder;

    private RtspServer cameras;
    private Site site;

    @BeforeEach
    void start() throws Exception {
        AccessUnitClip story = YardScene.clip();
        cameras = RtspServer.start(0);
        List<SimulatedCamera> all = new ArrayList<>();
        StringBuilder sections = new StringBuilder("cameras:\n");
        for (Map.Entry<String, String> gate : new TreeMap<>(GATES).entrySet()) {
            String name = gate.getKey();
            all.add(cameras.add(CameraSettings.named(name).live(), Timeline.of(YardScene.empty())));
            sections.append("  - {id: %s, rtsp: {uri: \"%s\"}, gate: %s, masks: [%s]}%n"
                    .formatted(name, cameras.uri(name), gate.getValue(), MASKS.getOrDefault(name, "")));
        }
        site = new Site(folder, Site.Tokens.NONE);
        site.configure(
                "vision: {models: \"%s\", input: 320x192, infer-threads: 1}\n".formatted(Reactor.models()),
                sections.toString(),
                RULES);
        site.startHub();
        site.startAgent();
        site.awaitMetric(GATES.size(), "edge_stream_up");
        site.awaitMetric(2.0 * GATES.size(), "edge_decode_seconds_count");
        for (SimulatedCamera camera : all) {
            camera.show(camera.frameNow() + Scenes.FRAME_RATE, story);
        }
    }

    @AfterEach
    void stop() {
        site.close();
        cameras.close();
    }

    /** Phase of every event of a camera's, by rule. */
    private Map<String, List<String>> told(String camera) throws Exception {
        Map<String, List<String>> told = new LinkedHashMap<>();
        for (String rule : List.of("passed", "crowd", "parked", "left")) {
            told.put(rule, new ArrayList<>());
        }
        for (JsonNode event : site.hubPages().items("/api/v1/events?limit=200&source=" + camera)) {
            List<String> phases = told.get(event.path("rule").path("id").asText());
            if (phases != null) {
                phases.add(event.path("phase").asText());
            }
        }
        return told;
    }

    private JsonNode only(String camera, String kind) throws Exception {
        List<JsonNode> events = site.hubPages().items("/api/v1/events?kind=" + kind + "&source=" + camera);
        assertThat(events).hasSize(1);
        return events.getFirst();
    }

    @Test
    void eachRuleFindsItsThingOnceHoweverOftenOneLooks() throws Exception {
        Map<String, List<String>> all = Map.of(
                "passed",
                List.of("instant"),
                "crowd",
                List.of("ended"),
                "parked",
                List.of("ended"),
                "left",
                List.of("ended"));
        for (String camera : List.of("one", "five", "fifteen")) {
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> assertThat(told(camera)).as(camera).isEqualTo(all));
            assertThat(only(camera, "safety.entry")
                            .path("attributes")
                            .path("direction")
                            .asText())
                    .as(camera)
                    .isEqualTo("left-to-right");
        }
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(told("no-people"))
                        .isEqualTo(Map.of(
                                "passed",
                                List.of(),
                                "crowd",
                                List.of(),
                                "parked",
                                List.of("ended"),
                                "left",
                                List.of("ended"))));
        assertThat(told("nothing"))
                .isEqualTo(Map.of("passed", List.of(), "crowd", List.of(), "parked", List.of(), "left", List.of()));
        for (String camera : GATES.keySet()) {
            assertThat(site.agentPages().metric("edge_stream_up", "camera=\"" + camera + "\""))
                    .isEqualTo(1);
        }
    }
}
