package io.fengsui.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.fieldsim.camera.CameraSettings;
import io.fengsui.fieldsim.camera.RtspServer;
import io.fengsui.fieldsim.camera.SimulatedCamera;
import io.fengsui.fieldsim.camera.Timeline;
import io.fengsui.systemtests.site.Pages;
import io.fengsui.systemtests.site.Program;
import io.fengsui.systemtests.site.Reactor;
import io.fengsui.systemtests.site.Scenes;
import io.fengsui.systemtests.site.Site;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same somebody before cameras with masks: what stands in a hidden part of the picture is no event, and no picture shows the part.
 */
@Tag("slow")
class MasksTest {
    /** Where nobody ever is: the upper left corner. */
    private static final String CORNER = "polygon: [[0, 0], [0.4, 0], [0.4, 0.3], [0, 0.3]]";

    private static final Map<String, String> MASKS = Map.of(
            "open", "",
            "window", "{id: neighbour, hides: picture, " + CORNER + "}",
            "private", "{id: garden, hides: picture, polygon: [[0, 0.4], [1, 0.4], [1, 1], [0, 1]]}");

    private final RtspServer cameras = RtspServer.start(0);
    private final List<SimulatedCamera> all = new ArrayList<>();

    @TempDir
    private Path folder;

    private Site site;

    @BeforeEach
    void start() throws Exception {
        StringBuilder sections = new StringBuilder("cameras:\n");
        for (Map.Entry<String, String> mask : new TreeMap<>(MASKS).entrySet()) {
            String name = mask.getKey();
            all.add(cameras.add(CameraSettings.named(name).live(), Timeline.of(Scenes.quiet())));
            sections.append("""
                      - id: %s
                        rtsp: {uri: "%s"}
                        gate: every-5
                        masks: [%s]
                    """.formatted(name, cameras.uri(name), mask.getValue()));
        }
        site = new Site(folder, Site.Tokens.NONE);
        site.configure(
                "vision: {models: \"%s\", infer-threads: 1}\n".formatted(Reactor.models()),
                sections.toString(),
                "rules: [{id: intrusion, kind: safety.intrusion, severity: major, dwell: {labels: [person], time: 3s}}]\n");
        site.startHub();
        site.startAgent();
        site.awaitMetric(MASKS.size(), "edge_stream_up");
        site.awaitMetric(2.0 * MASKS.size(), "edge_decode_seconds_count");
        for (SimulatedCamera camera : all) {
            camera.show(camera.frameNow() + Scenes.FRAME_RATE, Scenes.personDwells());
        }
    }

    @AfterEach
    void stop() {
        site.close();
        cameras.close();
    }

    private List<JsonNode> events(String camera) throws Exception {
        return site.hubPages().items("/api/v1/events?kind=safety.intrusion&source=" + camera);
    }

    private BufferedImage evidence(String camera) throws Exception {
        String event = events(camera).getFirst().path("id").asText();
        String url = await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> Pages.json(site.hubPages().text("/api/v1/events/" + event))
                                .path("evidence")
                                .path(0)
                                .path("url")
                                .asText(),
                        path -> path.startsWith("/"));
        return picture(site.hubPages().get(url).body());
    }

    private BufferedImage snapshot(String camera) throws Exception {
        Path file = folder.resolve(camera + ".jpg");
        Program.Outcome outcome = site.agentCommand("snapshot", camera, "-o", file.toString());
        assertThat(outcome.status()).as(outcome.said()).isZero();
        return picture(Files.readAllBytes(file));
    }

    private static BufferedImage picture(byte[] jpeg) throws Exception {
        return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(jpeg)));
    }

    /** The brightest of the three colours at any point of a part, which is given in 0..1 of the picture. */
    private static int brightest(BufferedImage picture, double left, double top, double right, double bottom) {
        int most = 0;
        for (int y = (int) (top * picture.getHeight()); y < (int) (bottom * picture.getHeight()); y++) {
            for (int x = (int) (left * picture.getWidth()); x < (int) (right * picture.getWidth()); x++) {
                int rgb = picture.getRGB(x, y);
                most = Math.max(most, Math.max(rgb >> 16 & 0xff, Math.max(rgb >> 8 & 0xff, rgb & 0xff)));
            }
        }
        return most;
    }

    @Test
    void whatIsHiddenIsNoEventAndInNoPicture() throws Exception {
        for (String camera : List.of("open", "window")) {
            await().atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> events(camera).stream()
                            .anyMatch(event -> event.path("phase").asText().equals("ended")));
        }

        assertThat(events("private")).isEmpty();
        BufferedImage seen = evidence("open");
        assertThat(brightest(seen, 0, 0, 0.4, 0.3)).as("houses by day").isGreaterThan(100);
        BufferedImage covered = evidence("window");
        assertThat(brightest(covered, 0, 0, 0.4, 0.3))
                .as("black, but for what JPEG makes of it")
                .isLessThan(24);
        assertThat(brightest(covered, 0.45, 0.35, 1, 1)).as("the rest").isGreaterThan(100);
        BufferedImage garden = snapshot("private");
        assertThat(brightest(garden, 0, 0.4, 1, 1)).isLessThan(24);
        assertThat(brightest(garden, 0, 0, 1, 0.35)).isGreaterThan(100);
    }
}
