package io.fengsui.hub.console;

import static io.fengsui.hub.console.TestingPage.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.hub.access.user.Reach;
import io.fengsui.hub.console.SampleScenes.Scene;
import io.fengsui.hub.store.query.FleetQueries.Totals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A camera that streams while nobody looks at what it sends is no camera that is up. */
class BlindCameraTest {
    private static final Instant OPENED = Instant.parse("2026-11-21T08:00:00Z");
    private static final Scene LEFT_OUT = scene("health.camera.quarantined", "cam-school-gate");

    private TestHub hub;

    private static Scene scene(String kind, String camera) {
        return new Scene(kind, "摄像机暂停识别", "Camera not looked at", "major", camera, "", List.of(), Map.of(), List.of());
    }

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        hub = TestHub.open(folder);
        hub.write(town -> town.fleet(OPENED));
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(hub.get(path).body());
    }

    private String camera(String key) throws Exception {
        for (JsonNode camera : json("/api/v1/cameras").path("items")) {
            if (camera.path("id").asText().equals("cam-school-gate")) {
                return camera.path(key).asText();
            }
        }
        throw new AssertionError("the camera is not listed");
    }

    private Totals totals() {
        return hub.queries.fleet().totals(Reach.EVERYWHERE);
    }

    @Test
    void isCountedBesideThoseThatAreOfflineWithSinceWhen() throws Exception {
        assertThat(totals()).isEqualTo(new Totals(3, 2, 4, 0, 0));
        assertThat(camera("state") + " " + camera("blindSince")).isEqualTo("up null");
        hub.write(town -> town.ticket(1, LEFT_OUT, "reported", OPENED));
        assertThat(totals()).isEqualTo(new Totals(3, 2, 4, 0, 1));
        assertThat(json("/api/v1/summary").path("fleet").path("camerasBlind").asInt())
                .isEqualTo(1);
        assertThat(camera("state")).isEqualTo("blind");
        assertThat(camera("blindSince")).startsWith("2026-11-21T07:59:58");
        assertThat(json("/api/v1/edges").path("items"))
                .extracting(edge -> edge.path("id").asText() + " "
                        + edge.path("camerasBlind").asInt())
                .containsExactly("edge-bagong-02 0", "edge-fengtai-01 0", "edge-gaodu-01 1");
        assertThat(json("/api/v1/sensors").path("items").get(0).has("blindSince"))
                .isFalse();
    }

    @Test
    void isNotCountedTwiceWhenItGoesOffline() throws Exception {
        hub.write(town -> {
            town.ticket(1, LEFT_OUT, "reported", OPENED);
            town.ticket(2, scene("health.camera.offline", "cam-school-gate"), "reported", OPENED);
        });
        assertThat(totals()).isEqualTo(new Totals(3, 2, 4, 1, 0));
        assertThat(camera("state")).isEqualTo("down");
        assertThat(json("/api/v1/edges").path("items"))
                .extracting(edge -> edge.path("camerasOffline").asInt()
                        + edge.path("camerasBlind").asInt())
                .containsExactly(0, 0, 1);
    }

    @Test
    void isNotCountedWhenItIsLookedAtAgain() throws Exception {
        hub.write(town -> town.ticket(1, LEFT_OUT, "reported", OPENED));
        hub.write(_ -> hub.database.writer().handle().execute("UPDATE event SET phase = 'ended'"));
        assertThat(totals()).isEqualTo(new Totals(3, 2, 4, 0, 0));
        assertThat(camera("state")).isEqualTo("up");
    }

    @Test
    @Tag("slow")
    void isSeenOnThePageInBothLanguagesAsSoonAsItsTicketIsThere() throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        try (Chromium page = Chromium.open(hub.uri("/"), 1600, 900)) {
            until(page, "document.getElementById('cameras-up').textContent", "4");
            assertThat(page.eval("document.getElementById('cameras-up').className"))
                    .isEqualTo("good");
            hub.write(town -> town.ticket(1, LEFT_OUT, "reported", OPENED));
            until(page, "document.getElementById('cameras-up').textContent", "3");
            assertThat(page.eval("document.getElementById('cameras-up').className"))
                    .isEqualTo("bad");
            assertThat(page.eval("document.getElementById('cameras-blind').textContent"))
                    .isEqualTo("1 路暂停识别");
            until(page, "document.querySelector('.edge .blind')?.textContent", "1 路暂停识别");
            page.eval("document.getElementById('language').click()");
            until(page, "document.getElementById('cameras-blind').textContent", "1 not looked at");
            assertThat(page.complaints).isEmpty();
        }
    }
}
