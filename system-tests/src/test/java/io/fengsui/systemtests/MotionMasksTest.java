package io.fengsui.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.fieldsim.camera.CameraSettings;
import io.fengsui.fieldsim.camera.RtspServer;
import io.fengsui.fieldsim.camera.SimulatedCamera;
import io.fengsui.fieldsim.camera.Timeline;
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

/**
 * A camera by the gate of the usual mode, whose upper part is hidden from movement: people who walk there cost no look, and who comes
 * into the yard below is found.
 */
@Tag("slow")
class MotionMasksTest {
    private static final String CAMERA = "camera=\"yard\"";
    private static final int SECOND = Scenes.FRAME_RATE;

    /** Until sizes are known, which takes 150 pictures that are no keyframes. */
    private static final int LEARNING = 12 * SECOND;

    /** Small pictures of the empty yard before anybody comes. */
    private static final int SAMPLES = 5;

    /** Two people walk up and down behind the fence, for half a minute. */
    private static final SceneScript BEHIND = new SceneScript(
            Scenes.SIZE,
            Scenes.FRAME_RATE,
            30,
            1,
            Light.DAY,
            List.of(
                    walker(
                            0x963228,
                            new Waypoint(1, 0.10, 0.40),
                            new Waypoint(10, 0.90, 0.40),
                            new Waypoint(20, 0.10, 0.40),
                            new Waypoint(29, 0.90, 0.40)),
                    walker(
                            0x243c6e,
                            new Waypoint(3, 0.80, 0.42),
                            new Waypoint(12, 0.20, 0.42),
                            new Waypoint(21, 0.80, 0.42),
                            new Waypoint(28, 0.20, 0.42))));

    private final RtspServer cameras = RtspServer.start(0);

    @TempDir
    private Path folder;

    private Site site;
    private SimulatedCamera camera;

    private static Actor walker(int coat, Waypoint... way) {
        return new Actor.Walker(0.3, coat, Route.of(way));
    }

    @BeforeEach
    void start() throws Exception {
        camera = cameras.add(CameraSettings.named("yard").live(), Timeline.of(Scenes.quiet()));
        site = new Site(folder, Site.Tokens.NONE);
        site.configure(
                "vision: {models: \"%s\", infer-threads: 1}\n".formatted(Reactor.models()),
                """
                cameras:
                  - id: yard
                    rtsp: {uri: "%s"}
                    masks: [{id: street, hides: motion, polygon: [[0, 0], [1, 0], [1, 0.5], [0, 0.5]]}]
                """.formatted(cameras.uri("yard")),
                "rules: [{id: intrusion, kind: safety.intrusion, severity: major, dwell: {labels: [person], time: 3s}}]\n");
        site.startHub();
        site.startAgent();
        site.awaitMetric(1, "edge_stream_up");
    }

    @AfterEach
    void stop() {
        site.close();
        cameras.close();
    }

    private double decided(String... reasons) throws Exception {
        double all = 0;
        for (String reason : reasons) {
            all += site.agentPages().metric("edge_gate_decisions_total", "reason=\"" + reason + "\"");
        }
        return all;
    }

    private double looks() throws Exception {
        return decided("size", "luma", "confirm", "follow", "restless", "timetable");
    }

    private String why() throws Exception {
        return site.agentCommand("why", "--camera", "yard").said();
    }

    private int intrusions() throws Exception {
        return site.hubPages().items("/api/v1/events?kind=safety.intrusion").size();
    }

    @Test
    void whatMovesWhereMovementIsHiddenCostsNoLookAndWhoComesElsewhereIsFound() throws Exception {
        long known = camera.frameNow() + LEARNING;
        // A busy machine answers late, and what no background is known for opens in doubt.
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> decided("sample") >= SAMPLES && decided("first") > 0);
        long behind = Math.max(known, camera.frameNow() + SECOND);
        camera.show(behind, Scenes.clip(BEHIND));
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> camera.frameNow() > behind + BEHIND.frames());
        assertThat(decided("masked")).as("small pictures because of sizes").isPositive();
        assertThat(looks()).as("looks but for the first and audits; %s", why()).isZero();
        assertThat(site.agentPages().metric("edge_gate_awake_seconds_total", CAMERA))
                .isZero();
        assertThat(site.agentPages().metric("edge_gate_missed_total", CAMERA)).isZero();
        assertThat(intrusions()).isZero();
        assertThat(why()).contains("masked");

        camera.show(camera.frameNow() + SECOND, Scenes.personDwells());
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(intrusions()).isEqualTo(1));
        assertThat(site.agentPages().metric("edge_gate_openings_total", CAMERA, "reason=\"luma\""))
                .isPositive();
        assertThat(site.agentPages().metric("edge_gate_openings_total", CAMERA, "reason=\"size\""))
                .isZero();
    }
}
