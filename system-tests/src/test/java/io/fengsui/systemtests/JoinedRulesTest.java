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
import io.fengsui.systemtests.site.Publisher;
import io.fengsui.systemtests.site.Reactor;
import io.fengsui.systemtests.site.Scenes;
import io.fengsui.systemtests.site.Site;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sensors and cameras that answer for one another: a meter without use asks who was seen, smoke and a person of one place are one
 * event more, and a river that rises shows itself.
 */
@Tag("slow")
class JoinedRulesTest {
    /** In which no water was used, and somebody or nobody was seen. */
    private static final Duration WINDOW = Duration.ofSeconds(40);

    @TempDir
    private Path folder;

    private RtspServer cameras;
    private EmbeddedBroker broker;
    private Publisher publisher;
    private SimulatedCamera lived;
    private Site site;

    @BeforeEach
    void start() throws Exception {
        cameras = RtspServer.start(0);
        lived = cameras.add(CameraSettings.named("room-7").live(), Timeline.of(Scenes.quiet()));
        SimulatedCamera empty = cameras.add(CameraSettings.named("room-8").live(), Timeline.of(Scenes.quiet()));
        broker = EmbeddedBroker.start(0);
        site = new Site(folder, Site.Tokens.NONE);
        site.configure("""
                vision: {models: "%s", input: 320x192, infer-threads: 1}
                brokers: [{name: village, uri: "mqtt://127.0.0.1:%d"}]
                sensors:
                  - {id: meter-7, topic: meter/7, quantity: volume, measure: {pointer: /total, unit: l}, subject: household-7}
                  - {id: meter-8, topic: meter/8, quantity: volume, measure: {pointer: /total, unit: l}, subject: household-8}
                  - {id: smoke-7, topic: smoke/7, quantity: smoke, state: {pointer: /smoke}, place: {name: {zh: 七号户, en: home 7}}}
                  - {id: smoke-8, topic: smoke/8, quantity: smoke, state: {pointer: /smoke}, place: {name: {zh: 八号户, en: home 8}}}
                  - {id: river, topic: river, quantity: level, measure: {pointer: /level, unit: m}}
                cameras:
                  - id: room-7
                    rtsp: {uri: "%s"}
                    gate: every-5
                    subject: household-7
                    place: {name: {zh: 七号户, en: home 7}}
                    zones: [{id: room, polygon: [[0.25, 0.70], [0.80, 0.70], [0.80, 1.00], [0.25, 1.00]]}]
                  - id: room-8
                    rtsp: {uri: "%s"}
                    gate: every-5
                    subject: household-8
                    place: {name: {zh: 八号户, en: home 8}}
                    zones: [{id: room, polygon: [[0.25, 0.70], [0.80, 0.70], [0.80, 1.00], [0.25, 1.00]]}]
                rules:
                  - id: no-water
                    kind: water.use.none
                    severity: major
                    use: {quantity: volume, below: 0.001, window: %ds}
                    ask: {zone: room, labels: [person], min-watched: 0.5}
                  - {id: smoke, kind: fire.smoke, severity: major, state: {quantity: smoke}}
                  - id: somebody
                    kind: safety.presence
                    severity: info
                    dwell: {zone: room, labels: [person], time: 2s, exit-grace: 5s}
                  - id: people-in-smoke
                    kind: fire.people
                    severity: critical
                    together: {rules: [smoke, somebody], at-one: place, within: 5m}
                  - id: river-high
                    kind: water.level.high
                    severity: major
                    threshold: {quantity: level, above: 2.5}
                    show: [room-8]
                """.formatted(
                Reactor.models(), broker.port(), cameras.uri("room-7"), cameras.uri("room-8"), WINDOW.toSeconds()));
        site.startHub();
        site.startAgent();
        publisher = new Publisher(broker.uri(), null);
        site.awaitMetric(1, "edge_mqtt_connected");
        site.awaitMetric(2, "edge_stream_up");
        site.awaitMetric(4, "edge_decode_seconds_count");
        assertThat(empty.isDead()).isFalse();
    }

    @AfterEach
    void stop() throws Exception {
        if (publisher != null) {
            publisher.close();
        }
        site.close();
        broker.close();
        cameras.close();
    }

    private JsonNode event(String kind, String source, Predicate<JsonNode> wanted) {
        return await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> site.hubPages()
                                .items("/api/v1/events?kind=" + kind + (source.isEmpty() ? "" : "&source=" + source)),
                        events -> events.stream().anyMatch(wanted))
                .stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow();
    }

    private JsonNode whole(JsonNode event) throws Exception {
        return Pages.json(
                site.hubPages().text("/api/v1/events/" + event.path("id").asText()));
    }

    private void awaitPicture(JsonNode event) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> whole(event)
                        .path("evidence")
                        .path(0)
                        .path("state")
                        .asText()
                        .equals("ready"));
    }

    @Test
    void aMeterAsksWhoWasSeenAndSmokeMeetsWhoIsThere() throws Exception {
        Instant began = Instant.now();
        lived.show(lived.frameNow() + Scenes.FRAME_RATE, Scenes.personDwells());
        publisher.say("smoke/7", "{\"smoke\": true}");
        publisher.say("smoke/8", "{\"smoke\": true}");
        publisher.say("river", "{\"level\": 2.7}");
        // Both meters say the same all the time.
        await().atMost(WINDOW.multipliedBy(4))
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> {
                    publisher.say("meter/7", "{\"total\": 5120}");
                    publisher.say("meter/8", "{\"total\": 77}");
                    return site.hubPages()
                                    .items("/api/v1/events?kind=water.use.none")
                                    .size()
                            >= 2;
                });

        JsonNode nobody = event("water.use.none", "meter-8", e -> true);
        assertThat(nobody.path("severity").asText()).isEqualTo("critical");
        assertThat(nobody.path("attributes").path("activity").asText()).isEqualTo("nobody");
        JsonNode seen = event("water.use.none", "meter-7", e -> true);
        assertThat(seen.path("severity").asText()).isEqualTo("minor");
        assertThat(seen.path("attributes").path("last-seen-camera").asText()).isEqualTo("room-7");
        assertThat(Instant.parse(seen.path("attributes").path("last-seen").asText()))
                .isBetween(began.minusSeconds(1), Instant.now());
        awaitPicture(seen);

        JsonNode joint = event("fire.people", "", e -> true);
        assertThat(joint.path("severity").asText()).isEqualTo("critical");
        assertThat(joint.path("place").path("name").path("en").asText()).isEqualTo("home 7");
        assertThat(site.hubPages().items("/api/v1/events?kind=fire.people")).hasSize(1);
        assertThat(site.hubPages().items("/api/v1/events?kind=fire.smoke")).hasSize(2);

        awaitPicture(event("water.level.high", "river", e -> true));
        assertThat(site.agentCommand("why", "--camera", "room-7").said())
                .contains("gate: ", "detector: ", "tracker: ", "rule somebody (room): ");
    }
}
