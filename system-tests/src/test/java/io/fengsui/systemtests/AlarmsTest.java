package io.fengsui.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.fieldsim.camera.AuthScheme;
import io.fengsui.fieldsim.camera.CameraSettings;
import io.fengsui.fieldsim.camera.Credentials;
import io.fengsui.fieldsim.camera.RtspServer;
import io.fengsui.fieldsim.camera.SimulatedCamera;
import io.fengsui.fieldsim.camera.Timeline;
import io.fengsui.fieldsim.sensor.BrokerLogin;
import io.fengsui.fieldsim.sensor.EmbeddedBroker;
import io.fengsui.systemtests.site.Pages;
import io.fengsui.systemtests.site.Program;
import io.fengsui.systemtests.site.Program.Outcome;
import io.fengsui.systemtests.site.Publisher;
import io.fengsui.systemtests.site.Reactor;
import io.fengsui.systemtests.site.Scenes;
import io.fengsui.systemtests.site.Site;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** From a camera's picture and a sensor's message to the ticket, every door closed with a secret of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlarmsTest {
    private static final String CAMERA_SECRET = "Kanarienvogel/c4m+ra!";
    private static final String BROKER_SECRET = "Kanarienvogel/br0k&r?";
    private static final String CONSOLE_SECRET = "kanarienvogel-console-0123456789";
    private static final String EDGE_SECRET = "kanarienvogel-edge-9876543210";

    private Path folder;
    private RtspServer cameras;
    private EmbeddedBroker broker;
    private Publisher publisher;
    private SimulatedCamera camera;
    private Site site;

    @BeforeAll
    void start(@TempDir Path own) throws Exception {
        folder = own;
        cameras = RtspServer.start(0);
        CameraSettings settings = CameraSettings.named("gate")
                .live()
                .with(Credentials.of(AuthScheme.DIGEST_MD5, "viewer", CAMERA_SECRET));
        camera = cameras.add(settings, Timeline.of(Scenes.quiet()));
        BrokerLogin login = new BrokerLogin("edge", BROKER_SECRET);
        broker = EmbeddedBroker.start(0, login);
        site = new Site(folder, new Site.Tokens(CONSOLE_SECRET, EDGE_SECRET));
        site.secret("camera.password", CAMERA_SECRET);
        site.secret("broker.password", BROKER_SECRET);
        site.configure("""
                vision: {models: "%s", infer-threads: 1}
                brokers:
                  - {name: village, uri: "mqtt://127.0.0.1:%d", username: edge, password-file: broker.password}
                sensors:
                  - {id: smoke-1, topic: smoke/1, quantity: smoke, state: {pointer: /smoke}}
                  - {id: smoke-2, topic: smoke/2, quantity: smoke, state: {pointer: /smoke}}
                cameras:
                  - id: gate
                    rtsp: {uri: "%s", username: viewer, password-file: camera.password}
                    zones: [{id: pond, polygon: [[0.25, 0.70], [0.80, 0.70], [0.80, 1.00], [0.25, 1.00]]}]
                rules:
                  - {id: smoke, kind: fire.smoke, severity: critical, state: {quantity: smoke}}
                  - id: intrusion
                    kind: safety.intrusion
                    severity: major
                    dwell: {cameras: [gate], zone: pond, labels: [person], time: 5s, exit-grace: 10s}
                """.formatted(Reactor.models(), broker.port(), cameras.uri("gate")));
        site.startHub();
        site.startAgent();
        publisher = new Publisher(broker.uri(), login);
        site.awaitMetric(1, "edge_mqtt_connected");
        camera.show(camera.frameNow() + Scenes.FRAME_RATE, Scenes.personDwells());
    }

    @AfterAll
    void stop() throws Exception {
        if (publisher != null) {
            publisher.close();
        }
        site.close();
        broker.close();
        cameras.close();
    }

    @Test
    void aSensorsAlarmBecomesOneTicketInRestAndInTheChangeStream() throws Exception {
        try (Pages.Changes changes = site.hubPages().changes()) {
            await().until(() -> !changes.of("hello").isEmpty());
            for (int i = 0; i < 5; i++) {
                publisher.say("smoke/1", "{\"smoke\": true}");
            }
            site.awaitTickets("fire.smoke", 1);
            publisher.say("smoke/1", "{\"smoke\": false}");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> site.hubPages().tickets("fire.smoke").stream()
                            .allMatch(
                                    ticket -> ticket.path("conditionClearedAt").isTextual()));
            JsonNode ticket = only(site.hubPages().tickets("fire.smoke"));
            assertThat(ticket.path("source").path("id").asText()).isEqualTo("smoke-1");
            assertThat(changes.of("ticket"))
                    .filteredOn(seen -> seen.path("kind").asText().equals("fire.smoke"))
                    .extracting(seen -> seen.path("id").asText())
                    .isNotEmpty()
                    .containsOnly(ticket.path("id").asText());
        }
    }

    @Test
    void aMessageThatIsNoReadingIsKeptForPeopleAndMakesNoTicket() throws Exception {
        double before = site.agentPages().metric("edge_mqtt_quarantined_total");
        publisher.say("smoke/2", "smoke! {");
        publisher.say("smoke/2", "{\"smoke\": \"perhaps\"}");
        site.awaitMetric(before + 2, "edge_mqtt_quarantined_total");
        assertThat(site.hubPages().tickets("fire.smoke"))
                .noneMatch(ticket -> ticket.path("source").path("id").asText().equals("smoke-2"));
        assertThat(site.agentPages().metric("edge_mqtt_connected")).isEqualTo(1);
    }

    @Test
    void aPersonInTheZoneBecomesOneTicketWithAPicture() throws Exception {
        JsonNode ticket = await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> site.hubPages().tickets("safety.intrusion"),
                        found -> found.stream()
                                .anyMatch(t -> t.path("pictureState").asText().equals("ready")))
                .getFirst();
        assertThat(site.hubPages().tickets("safety.intrusion")).hasSize(1);
        HttpResponse<byte[]> picture =
                site.hubPages().get(ticket.path("picture").asText());
        assertThat(picture.headers().firstValue("Content-Type")).hasValue("image/jpeg");
        assertThat(decoded(picture.body()).getWidth()).isEqualTo(Scenes.SIZE.width());
        JsonNode whole = Pages.json(
                site.hubPages().text("/api/v1/tickets/" + ticket.path("id").asText()));
        JsonNode event = whole.path("events").path(0);
        assertThat(event.path("model").path("name").asText()).isEqualTo("nanodet-g");
        assertThat(event.path("detections").path(0).path("label").asText()).isEqualTo("person");
        assertThat(event.path("detections").path(0).path("confidence").asDouble())
                .isBetween(0.35, 1.0);
    }

    @Test
    void aSnapshotShowsWhatTheCameraSees() throws Exception {
        site.awaitMetric(1, "edge_stream_up");
        Path file = folder.resolve("picture.jpg");
        Outcome outcome = site.agentCommand("snapshot", "gate", "--zones", "-o", file.toString());
        assertThat(outcome.status()).as(outcome.said()).isZero();
        BufferedImage picture = decoded(Files.readAllBytes(file));
        assertThat(picture.getWidth()).isEqualTo(Scenes.SIZE.width());
        assertThat(picture.getHeight()).isEqualTo(Scenes.SIZE.height());
        Outcome unknown = site.agentCommand("snapshot", "nowhere");
        assertThat(unknown.status()).isEqualTo(1);
        assertThat(unknown.said()).contains("there is no camera 'nowhere'");
    }

    @Test
    void noSecretIsShownAnywhere() throws Exception {
        site.awaitMetric(1, "edge_stream_up");
        site.awaitMetric(1, "edge_uplink_connected");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> site.agent().processes().size() > 1);
        List<String> seen = new ArrayList<>();
        for (String path : List.of("/api/v1/tickets", "/api/v1/tickets/none", "/api/v1/edges", "/api/v1/cameras?x=1")) {
            HttpResponse<String> answer = site.hubPages().getWith(CONSOLE_SECRET, path);
            assertThat(answer.statusCode()).as(path).isNotEqualTo(401);
            HttpResponse<String> refusal = site.hubPages().getWith("a-wrong-one-of-the-right-length", path);
            assertThat(refusal.statusCode()).as(path).isEqualTo(401);
            seen.addAll(List.of(answer.body(), answer.headers().toString(), refusal.body()));
        }
        seen.add(site.hubPages().text("/metrics"));
        seen.add(site.agentPages().text("/metrics"));
        seen.add(site.agentPages().text("/readyz"));
        Outcome status = site.agentCommand("status");
        assertThat(status.status()).as(status.said()).isZero();
        seen.add(status.said());
        for (Program program : List.of(site.agent(), site.hub())) {
            seen.add(program.log());
            for (ProcessHandle process : program.processes()) {
                seen.add(ofProcess(process, "cmdline"));
                seen.add(ofProcess(process, "environ"));
            }
        }
        assertThat(seen).allSatisfy(text -> assertThat(text).isNotEmpty().doesNotContain(forms()));
    }

    /** Every secret as it is, as it looks in an address, and as it looks in a header of Basic. */
    private static List<String> forms() {
        List<String> forms = new ArrayList<>();
        for (String secret : List.of(CAMERA_SECRET, BROKER_SECRET, CONSOLE_SECRET, EDGE_SECRET)) {
            forms.add(secret);
            forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
            for (String user : List.of("", "viewer:", "edge:")) {
                byte[] bytes = (user + secret).getBytes(StandardCharsets.UTF_8);
                forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
            }
        }
        return forms;
    }

    private static String ofProcess(ProcessHandle process, String what) throws IOException {
        return Files.readString(Path.of("/proc", String.valueOf(process.pid()), what), StandardCharsets.ISO_8859_1);
    }

    private static BufferedImage decoded(byte[] jpeg) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
        assertThat(image).isNotNull();
        return image;
    }

    private static JsonNode only(List<JsonNode> tickets) {
        assertThat(tickets).hasSize(1);
        return tickets.getFirst();
    }
}
