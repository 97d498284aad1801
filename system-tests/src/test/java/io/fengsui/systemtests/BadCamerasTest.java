package io.fengsui.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.fieldsim.camera.AuthScheme;
import io.fengsui.fieldsim.camera.CameraSettings;
import io.fengsui.fieldsim.camera.Credentials;
import io.fengsui.fieldsim.camera.Quirk;
import io.fengsui.fieldsim.camera.Quirks;
import io.fengsui.fieldsim.camera.RtspServer;
import io.fengsui.systemtests.site.Pages;
import io.fengsui.systemtests.site.Program.Outcome;
import io.fengsui.systemtests.site.Scenes;
import io.fengsui.systemtests.site.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cameras that cannot work, beside one that does. */
class BadCamerasTest {
    private static final Map<String, String> REASONS = Map.of(
            "gone", "offline connect_refused",
            "locked", "unauthorized unauthorized",
            "hevc", "offline no_known_video",
            "noise", "offline bad_message");

    @TempDir
    private Path folder;

    private RtspServer cameras;
    private Site site;

    @BeforeEach
    void start() throws Exception {
        cameras = RtspServer.start(0);
        cameras.add(CameraSettings.named("good").live(), Scenes.quiet());
        cameras.add(
                CameraSettings.named("locked")
                        .with(Credentials.of(AuthScheme.DIGEST_SHA256, "viewer", "the right one")),
                Scenes.quiet());
        cameras.add(CameraSettings.named("hevc").with(Quirks.of(Quirk.NO_KNOWN_VIDEO)), Scenes.quiet());
        cameras.add(CameraSettings.named("noise").with(Quirks.of(Quirk.GARBAGE)), Scenes.quiet());
        site = new Site(folder, Site.Tokens.NONE);
        site.secret("camera.password", "the wrong one");
        site.configure("""
                vision: {enabled: false}
                cameras:
                  - {id: good, rtsp: {uri: "%s"}}
                  - {id: hevc, rtsp: {uri: "%s"}}
                  - {id: noise, rtsp: {uri: "%s"}}
                  - {id: locked, rtsp: {uri: "%s", username: viewer, password-file: camera.password}}
                  - {id: gone, rtsp: {uri: "rtsp://127.0.0.1:%d/gone"}}
                """.formatted(
                        cameras.uri("good"),
                        cameras.uri("hevc"),
                        cameras.uri("noise"),
                        cameras.uri("locked"),
                        Site.freePort()));
        site.startHub();
        site.startAgent();
    }

    @AfterEach
    void stop() {
        site.close();
        cameras.close();
    }

    private Map<String, String> states() throws IOException, InterruptedException {
        Outcome outcome = site.agentCommand("status");
        assertThat(outcome.status()).as(outcome.said()).isZero();
        Map<String, String> states = new TreeMap<>();
        for (JsonNode camera : Pages.json(outcome.said()).path("cameras")) {
            String state =
                    camera.path("state").asText() + " " + camera.path("reason").asText();
            states.put(camera.path("id").asText(), state.strip());
        }
        return states;
    }

    @Test
    void eachIsReportedWithItsReasonAndTheGoodOneStreamsOn() throws Exception {
        site.awaitMetric(1, "edge_stream_up", "camera=\"good\"");
        Map<String, String> expected = new TreeMap<>(REASONS);
        expected.put("good", "streaming");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(states()).isEqualTo(expected));
        double frames = site.agentPages().metric("edge_stream_frames_total", "camera=\"good\"");
        site.awaitMetric(frames + 30, "edge_stream_frames_total", "camera=\"good\"");
        assertThat(site.agentPages().metric("edge_stream_sessions_total", "camera=\"good\""))
                .isEqualTo(1);
        assertThat(site.agentPages().metric("edge_stream_up")).isEqualTo(1);
        // Waiting does not help these two, so they are told at once.
        assertThat(site.awaitTickets("health.camera.offline", 2))
                .extracting(ticket -> ticket.path("source").path("id").asText())
                .containsExactlyInAnyOrder("locked", "hevc");
    }

    @Test
    @Tag("slow")
    void eachBecomesOneTicket() throws Exception {
        List<JsonNode> tickets = site.awaitTickets("health.camera.offline", REASONS.size());
        assertThat(tickets)
                .extracting(ticket -> ticket.path("source").path("id").asText())
                .containsExactlyInAnyOrderElementsOf(REASONS.keySet());
        site.awaitMetric(REASONS.size(), "edge_events_open");
        site.awaitMetric(3, "edge_stream_sessions_total", "camera=\"gone\"");
        assertThat(site.hubPages().tickets("")).hasSize(REASONS.size());
        assertThat(site.agentPages().metric("edge_stream_up")).isEqualTo(1);
    }
}
