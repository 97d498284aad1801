package io.fengsui.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.fieldsim.camera.CameraSettings;
import io.fengsui.fieldsim.camera.RtspServer;
import io.fengsui.fieldsim.camera.SimulatedCamera;
import io.fengsui.fieldsim.camera.Timeline;
import io.fengsui.fieldsim.clip.AccessUnitClip;
import io.fengsui.fieldsim.scene.Actor;
import io.fengsui.fieldsim.scene.Light;
import io.fengsui.fieldsim.scene.Route;
import io.fengsui.fieldsim.scene.SceneScript;
import io.fengsui.fieldsim.scene.Waypoint;
import io.fengsui.systemtests.site.Reactor;
import io.fengsui.systemtests.site.Scenes;
import io.fengsui.systemtests.site.Site;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that is killed while somebody stays: the stay goes on, and is told when it has lasted long enough, once. */
@Tag("slow")
class StayRestartTest {
    /** Somebody is in the zone from 2.3 s to 47.9 s: no agent that forgot the first half would see {@link #STAY} of it. */
    private static final SceneScript STORY = new SceneScript(
            Scenes.SIZE,
            Scenes.FRAME_RATE,
            50,
            1,
            Light.DAY,
            List.of(new Actor.Walker(
                    0.46,
                    0x243c6e,
                    Route.of(
                            new Waypoint(0, -0.12, 0.86),
                            new Waypoint(4, 0.52, 0.86),
                            new Waypoint(46, 0.52, 0.86),
                            new Waypoint(50, 1.12, 0.86)))));

    private static final Duration STAY = Duration.ofSeconds(42);

    @TempDir
    private Path folder;

    private final RtspServer cameras = RtspServer.start(0);
    private Site site;

    @BeforeEach
    void start() throws Exception {
        site = new Site(folder, Site.Tokens.NONE);
    }

    @AfterEach
    void stop() {
        site.close();
        cameras.close();
    }

    @Test
    void aStayOutlivesTheAgent() throws Exception {
        AccessUnitClip story = Scenes.clip(STORY);
        SimulatedCamera camera =
                cameras.add(CameraSettings.named("gate").live(), Timeline.of(Scenes.clip(STORY.quiet(4))));
        site.configure("""
                vision: {models: "%s", input: 320x192, infer-threads: 1}
                cameras:
                  - id: gate
                    rtsp: {uri: "%s"}
                    gate: every-5
                    zones: [{id: pond, polygon: [[0.25, 0.70], [0.80, 0.70], [0.80, 1.00], [0.25, 1.00]]}]
                rules:
                  - id: stays
                    kind: safety.intrusion
                    severity: major
                    dwell: {zone: pond, labels: [person], time: %ds, exit-grace: 3s}
                """.formatted(Reactor.models(), cameras.uri("gate"), STAY.toSeconds()));
        site.startHub();
        site.startAgent();
        site.awaitMetric(1, "edge_stream_up");
        site.awaitMetric(3, "edge_decode_seconds_count");
        long begin = camera.frameNow() + Scenes.FRAME_RATE;
        camera.show(begin, story);
        await().atMost(Duration.ofSeconds(60)).until(() -> camera.frameNow() >= begin + 12L * Scenes.FRAME_RATE);
        site.agent().kill();
        assertThat(site.hubPages().tickets("safety.intrusion")).as("not yet").isEmpty();
        site.startAgent();

        JsonNode ticket = site.awaitTickets("safety.intrusion", 1).getFirst();
        assertThat(ticket.path("source").path("id").asText()).isEqualTo("gate");
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> site.hubPages().items("/api/v1/events?kind=safety.intrusion").stream()
                        .allMatch(event -> event.path("phase").asText().equals("ended")));
        assertThat(site.hubPages().items("/api/v1/events?kind=safety.intrusion"))
                .hasSize(1);
        assertThat(site.hubPages().tickets("safety.intrusion")).hasSize(1);
    }
}
