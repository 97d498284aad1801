package io.fengsui.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.fieldsim.camera.CameraSettings;
import io.fengsui.fieldsim.camera.RtspServer;
import io.fengsui.fieldsim.camera.SimulatedCamera;
import io.fengsui.fieldsim.camera.Timeline;
import io.fengsui.fieldsim.sensor.EmbeddedBroker;
import io.fengsui.systemtests.site.Pages;
import io.fengsui.systemtests.site.Program;
import io.fengsui.systemtests.site.Publisher;
import io.fengsui.systemtests.site.Reactor;
import io.fengsui.systemtests.site.Scenes;
import io.fengsui.systemtests.site.Site;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The water meters hang on one box and the cameras of the same households on another: the hub asks, and the tickets say what it heard. */
@Tag("slow")
class TwoBoxesTest {
    private static final Logger LOG = LoggerFactory.getLogger(TwoBoxesTest.class);
    private static final Duration WINDOW = Duration.ofSeconds(40);

    @TempDir
    private Path folder;

    private RtspServer cameras;
    private EmbeddedBroker broker;
    private Publisher publisher;
    private SimulatedCamera lived;
    private Site site;
    private Program other;
    private Pages otherPages;

    @BeforeEach
    void start() throws Exception {
        cameras = RtspServer.start(0);
        lived = cameras.add(CameraSettings.named("room-7").live(), Timeline.of(Scenes.quiet()));
        cameras.add(CameraSettings.named("room-8").live(), Timeline.of(Scenes.quiet()));
        broker = EmbeddedBroker.start(0);
        publisher = new Publisher(broker.uri(), null);
        site = new Site(folder, Site.Tokens.NONE);
        site.configure("""
                vision: {enabled: false}
                brokers: [{name: village, uri: "mqtt://127.0.0.1:%d"}]
                sensors:
                  - {id: meter-7, topic: meter/7, quantity: volume, measure: {pointer: /total, unit: l}, subject: household-7}
                  - {id: meter-8, topic: meter/8, quantity: volume, measure: {pointer: /total, unit: l}, subject: household-8}
                  - {id: meter-9, topic: meter/9, quantity: volume, measure: {pointer: /total, unit: l}, subject: household-9}
                rules:
                """.formatted(broker.port()), rule(7), rule(8), rule(9));
        site.startHub();
        site.startAgent();
        int otherOps = Site.freePort();
        otherPages = new Pages(otherOps, null);
        other = other(otherOps);
        site.awaitMetric(1, "edge_mqtt_connected");
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> otherPages.isReady()
                        && otherPages.metric("edge_uplink_connected") == 1
                        && otherPages.metric("edge_stream_up") == 2
                        && otherPages.metric("edge_decode_seconds_count") >= 4);
    }

    /** Of household 9 there is a camera's name and no camera. */
    private static String rule(int household) {
        return """
                  - id: no-water-%1$d
                    kind: water.use.none
                    severity: major
                    use: {quantity: volume, sensors: [meter-%1$d], below: 0.001, window: %2$ds}
                    ask: {cameras: [room-%1$d], zone: room, labels: [person], min-watched: 0.5}
                """.formatted(household, WINDOW.toSeconds());
    }

    private Program other(int ops) throws Exception {
        Path place = Files.createDirectory(folder.resolve("edge-2"));
        StringBuilder sections = new StringBuilder("""
                edge: {id: edge-2, site: village}
                data-dir: edge-data
                hub: {address: "%s"}
                ops: {listen: "127.0.0.1:%d"}
                vision: {models: "%s", input: 320x192, infer-threads: 1}
                cameras:
                """.formatted(site.hubAddress(), ops, Reactor.models()));
        for (String camera : new String[] {"room-7", "room-8"}) {
            sections.append("""
                      - id: %s
                        rtsp: {uri: "%s"}
                        gate: every-5
                        keep-last-seen: true
                        zones: [{id: room, polygon: [[0.25, 0.70], [0.80, 0.70], [0.80, 1.00], [0.25, 1.00]]}]
                    """.formatted(camera, cameras.uri(camera)));
        }
        Path file = Files.writeString(place.resolve("edge-agent.yaml"), sections);
        return Program.start(Reactor.AGENT, folder.resolve("edge-2.log"), "run", "--config", file.toString());
    }

    @AfterEach
    void stop() throws Exception {
        if (other != null) {
            other.close();
            otherPages.close();
        }
        site.close();
        publisher.close();
        broker.close();
        cameras.close();
    }

    private JsonNode answer(String meter) {
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> site.hubPages().items("/api/v1/events?kind=water.use.none&limit=200").stream()
                                .filter(event ->
                                        event.path("source").path("id").asText().equals(meter)
                                                && event.path("attributes").has("answer-to"))
                                .toList(),
                        found -> !found.isEmpty())
                .getFirst();
    }

    private String severity(String meter) throws Exception {
        return site.hubPages().tickets("water.use.none").stream()
                .filter(ticket -> ticket.path("source").path("id").asText().equals(meter))
                .findFirst()
                .orElseThrow()
                .path("severity")
                .asText();
    }

    private JsonNode asked(String meter) throws Exception {
        return site.hubPages().items("/api/v1/events?kind=water.use.none&limit=200").stream()
                .filter(event -> event.path("source").path("id").asText().equals(meter)
                        && !event.path("attributes").has("answer-to"))
                .findFirst()
                .orElseThrow();
    }

    private void awaitPictureOfTheOtherBox() {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    List<JsonNode> shown = site.hubPages().items("/api/v1/events?kind=activity.shown");
                    String id = shown.isEmpty()
                            ? "none"
                            : shown.getFirst().path("id").asText();
                    return shown.size() == 1
                            && Pages.json(site.hubPages().text("/api/v1/events/" + id))
                                    .path("evidence")
                                    .path(0)
                                    .path("state")
                                    .asText()
                                    .equals("ready");
                });
    }

    @Test
    void theHubAsksTheBoxThatHasTheCamera() throws Exception {
        Instant began = Instant.now();
        lived.show(lived.frameNow() + Scenes.FRAME_RATE, Scenes.personDwells());
        // All meters say the same all the time.
        await().atMost(WINDOW.multipliedBy(4))
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> {
                    for (int i = 7; i <= 9; i++) {
                        publisher.say("meter/" + i, "{\"total\": 5120}");
                    }
                    return site.hubPages().tickets("water.use.none").size() == 3;
                });

        assertThat(answer("meter-8").path("attributes").path("activity").asText())
                .isEqualTo("nobody");
        assertThat(severity("meter-8")).isEqualTo("critical");
        assertThat(answer("meter-9").path("attributes").path("activity").asText())
                .isEqualTo("not-watched");
        assertThat(severity("meter-9")).isEqualTo("major");
        JsonNode seen = answer("meter-7").path("attributes");
        assertThat(seen.path("activity").asText()).isEqualTo("seen");
        assertThat(seen.path("last-seen-camera").asText()).isEqualTo("room-7");
        assertThat(Instant.parse(seen.path("last-seen").asText())).isBetween(began.minusSeconds(1), Instant.now());
        assertThat(severity("meter-7")).isEqualTo("minor");
        assertThat(site.hubPages().tickets("water.use.none"))
                .as("answers join them")
                .hasSize(3);
        awaitPictureOfTheOtherBox();
        LOG.info(
                "from the question's event to its answer: {}",
                Duration.between(
                        Instant.parse(asked("meter-8").path("receivedAt").asText()),
                        Instant.parse(answer("meter-8").path("receivedAt").asText())));
    }
}
