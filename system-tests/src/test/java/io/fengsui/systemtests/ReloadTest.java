package io.fengsui.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.fieldsim.camera.CameraSettings;
import io.fengsui.fieldsim.camera.RtspServer;
import io.fengsui.fieldsim.sensor.EmbeddedBroker;
import io.fengsui.systemtests.site.Program.Outcome;
import io.fengsui.systemtests.site.Publisher;
import io.fengsui.systemtests.site.Scenes;
import io.fengsui.systemtests.site.Site;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A configuration that is changed while the agent runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReloadTest {
    private static final String REFUSED = "health.configuration.refused";

    private RtspServer cameras;
    private EmbeddedBroker broker;
    private Site site;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        cameras = RtspServer.start(0);
        cameras.add(CameraSettings.named("old").live(), Scenes.quiet());
        cameras.add(CameraSettings.named("new").live(), Scenes.quiet());
        broker = EmbeddedBroker.start(0);
        site = new Site(folder, Site.Tokens.NONE);
        configure("", "");
        site.startHub();
        site.startAgent();
        site.awaitMetric(1, "edge_stream_up", "camera=\"old\"");
    }

    @AfterAll
    void stop() throws Exception {
        site.close();
        broker.close();
        cameras.close();
    }

    private void configure(String moreCameras, String moreSensors) throws Exception {
        site.configure("""
                vision: {enabled: false}
                brokers: [{name: village, uri: "mqtt://127.0.0.1:%d"}]
                rules:
                  - {id: smoke, kind: fire.smoke, severity: critical, state: {quantity: smoke}}
                sensors:
                  - {id: smoke-1, topic: smoke/1, quantity: smoke, state: {pointer: /smoke}}
                %scameras:
                  - {id: old, rtsp: {uri: "%s"}}
                %s""".formatted(broker.port(), moreSensors, cameras.uri("old"), moreCameras));
    }

    @Test
    void aCameraAndASensorAreAddedWithoutDisturbingTheOthers() throws Exception {
        configure(
                "  - {id: new, rtsp: {uri: \"" + cameras.uri("new") + "\"}}\n",
                "  - {id: smoke-2, topic: smoke/2, quantity: smoke, state: {pointer: /smoke}}\n");
        double frames = site.agentPages().metric("edge_stream_frames_total", "camera=\"old\"");
        Outcome outcome = site.agentCommand("reload");
        assertThat(outcome.status()).as(outcome.said()).isZero();
        assertThat(outcome.said()).contains("the configuration is in force").doesNotContain("needs a restart");

        site.awaitMetric(1, "edge_stream_up", "camera=\"new\"");
        site.awaitMetric(frames + 30, "edge_stream_frames_total", "camera=\"old\"");
        assertThat(site.agentPages().metric("edge_stream_sessions_total", "camera=\"old\""))
                .isEqualTo(1);
        assertThat(cameras.connections()).isEqualTo(2);
        try (Publisher publisher = new Publisher(broker.uri(), null)) {
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> {
                        publisher.say("smoke/2", "{\"smoke\": true}");
                        return !site.hubPages().tickets("fire.smoke").isEmpty();
                    });
        }
        assertThat(site.hubPages().tickets("fire.smoke"))
                .singleElement()
                .satisfies(ticket ->
                        assertThat(ticket.path("source").path("id").asText()).isEqualTo("smoke-2"));
        // The hub is told whom to expect from now on.
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(site.hubPages().items("/api/v1/cameras"))
                        .extracting(known -> known.path("id").asText())
                        .containsExactlyInAnyOrder("old", "new"));
    }

    @Test
    void aBadFileIsRefusedWithItsPlaceAndToldUntilItIsGood() throws Exception {
        configure("  - {id: new, rtsp: {urj: \"" + cameras.uri("new") + "\"}}\n", "");
        Outcome refused = site.agentCommand("reload");
        assertThat(refused.status()).as(refused.said()).isEqualTo(2);
        assertThat(refused.said())
                .contains("the last good configuration runs on")
                .containsPattern("edge-agent\\.yaml:13:22: cameras\\[1]\\.rtsp\\.urj: unknown key; write 'uri'");
        assertThat(site.agentPages().metric("edge_stream_sessions_total", "camera=\"old\""))
                .isEqualTo(1);
        assertThat(site.agentPages().text("/readyz")).contains("the file on disk is refused");
        JsonNode ticket = site.awaitTickets(REFUSED, 1).getFirst();
        assertThat(ticket.path("severity").asText()).isEqualTo("critical");
        assertThat(ticket.path("conditionClearedAt").isNull()).isTrue();

        configure("", "");
        assertThat(site.agentCommand("reload").status()).isZero();
        List<JsonNode> cleared = await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> site.hubPages().tickets(REFUSED),
                        tickets -> tickets.stream()
                                .allMatch(one -> one.path("conditionClearedAt").isTextual()));
        assertThat(cleared).hasSize(1);
        assertThat(site.agentPages().metric("edge_stream_sessions_total", "camera=\"old\""))
                .isEqualTo(1);
    }
}
