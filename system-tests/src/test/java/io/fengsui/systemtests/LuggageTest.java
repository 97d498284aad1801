package io.fengsui.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.fieldsim.camera.CameraSettings;
import io.fengsui.fieldsim.camera.RtspServer;
import io.fengsui.fieldsim.camera.SimulatedCamera;
import io.fengsui.fieldsim.camera.Timeline;
import io.fengsui.fieldsim.scene.Actor;
import io.fengsui.fieldsim.scene.Light;
import io.fengsui.fieldsim.scene.Route;
import io.fengsui.fieldsim.scene.SceneScript;
import io.fengsui.fieldsim.scene.Waypoint;
import io.fengsui.systemtests.site.Pages;
import io.fengsui.systemtests.site.Reactor;
import io.fengsui.systemtests.site.Scenes;
import io.fengsui.systemtests.site.Site;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A suitcase whose owner walks away, by the detector that is shipped: told once, and over when the owner is back. */
@Tag("slow")
class LuggageTest {
    /** The suitcase is set down at 5 s, its owner is out of the picture from 14 s to 40 s. */
    private static final SceneScript STORY = new SceneScript(
            Scenes.SIZE,
            Scenes.FRAME_RATE,
            54,
            1,
            Light.DAY,
            List.of(
                    owner(at(0, 1.12), at(5, 0.66), at(9, 0.66), at(14, 1.12)),
                    owner(at(40, 1.12), at(44, 0.70), at(54, 0.70)),
                    new Actor.Suitcase(
                            0.4,
                            0x0d7b07,
                            Route.of(
                                    new Waypoint(0, 0.96, 0.95),
                                    new Waypoint(5, 0.50, 0.95),
                                    new Waypoint(54, 0.50, 0.95)))));

    private final RtspServer cameras = RtspServer.start(0);

    @TempDir
    private Path folder;

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

    private static Actor owner(Waypoint... way) {
        return new Actor.Walker(0.46, 0x963228, Route.of(way));
    }

    /** On the owner's way, which is along the front of the hall. */
    private static Waypoint at(double seconds, double x) {
        return new Waypoint(seconds, x, 0.90);
    }

    private List<JsonNode> events() throws Exception {
        return site.hubPages().items("/api/v1/events?kind=safety.left-object");
    }

    @Test
    void aSuitcaseThatItsOwnerLeavesIsToldUntilSomebodyIsWithItAgain() throws Exception {
        SimulatedCamera hall =
                cameras.add(CameraSettings.named("hall").live(), Timeline.of(Scenes.clip(STORY.quiet(4))));
        site.configure("""
                vision: {models: "%s", infer-threads: 1}
                cameras:
                  - id: hall
                    rtsp: {uri: "%s"}
                    gate: every-5
                rules:
                  - id: left
                    kind: safety.left-object
                    severity: major
                    left: {labels: [suitcase, backpack, handbag], owners: [person], within: 1, time: 10s, exit-grace: 8s}
                """.formatted(Reactor.models(), cameras.uri("hall")));
        site.startHub();
        site.startAgent();
        site.awaitMetric(1, "edge_stream_up");
        site.awaitMetric(3, "edge_decode_seconds_count");
        hall.show(hall.frameNow() + Scenes.FRAME_RATE, Scenes.clip(STORY));

        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> events().stream()
                        .anyMatch(event -> event.path("phase").asText().equals("ended")));

        assertThat(events()).hasSize(1);
        JsonNode ended = events().getFirst();
        assertThat(ended.path("attributes").path("label").asText()).isEqualTo("suitcase");
        JsonNode why = Pages.json(site.hubPages()
                        .text("/api/v1/events/" + ended.path("id").asText()))
                .path("why");
        assertThat(StreamSupport.stream(why.spliterator(), false)
                        .map(reason -> reason.path("code").asText()))
                .contains("attended");
    }
}
