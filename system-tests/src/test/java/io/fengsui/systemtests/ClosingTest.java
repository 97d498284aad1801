package io.fengsui.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.fieldsim.camera.CameraSettings;
import io.fengsui.fieldsim.camera.RtspServer;
import io.fengsui.fieldsim.camera.SimulatedCamera;
import io.fengsui.fieldsim.camera.Timeline;
import io.fengsui.fieldsim.clip.AccessUnitClip;
import io.fengsui.fieldsim.sensor.EmbeddedBroker;
import io.fengsui.systemtests.site.Pages;
import io.fengsui.systemtests.site.Publisher;
import io.fengsui.systemtests.site.Reactor;
import io.fengsui.systemtests.site.Scenes;
import io.fengsui.systemtests.site.Site;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Before a ticket is closed its edge takes a fresh look or reading, and what is still there goes back to whoever handles it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClosingTest {
    private static final List<String> UP_TO_INSPECTED =
            List.of("accept", "verify", "file", "dispatch", "handle", "inspect");
    private static final List<String> ONCE_MORE = List.of("handle", "inspect");

    private RtspServer cameras;
    private EmbeddedBroker broker;
    private Publisher publisher;
    private SimulatedCamera camera;
    private long frames;
    private Site site;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        cameras = RtspServer.start(0);
        AccessUnitClip again = Scenes.personDwells();
        frames = again.units().size();
        camera = cameras.add(CameraSettings.named("gate").live(), Timeline.of(again));
        broker = EmbeddedBroker.start(0);
        site = new Site(folder, Site.Tokens.NONE);
        site.configure("""
                vision: {models: "%s", infer-threads: 1}
                brokers: [{name: village, uri: "mqtt://127.0.0.1:%d"}]
                sensors:
                  - {id: smoke-1, topic: smoke/1, quantity: smoke, state: {pointer: /smoke}}
                cameras:
                  - id: gate
                    rtsp: {uri: "%s"}
                    zones: [{id: pond, polygon: [[0.25, 0.70], [0.80, 0.70], [0.80, 1.00], [0.25, 1.00]]}]
                rules:
                  - {id: smoke, kind: fire.smoke, severity: critical, state: {quantity: smoke}}
                  - id: intrusion
                    kind: safety.intrusion
                    severity: major
                    dwell: {cameras: [gate], zone: pond, labels: [person], time: 5s, exit-grace: 15s}
                """.formatted(Reactor.models(), broker.port(), cameras.uri("gate")));
        site.startHub();
        site.startAgent();
        publisher = new Publisher(broker.uri(), null);
        site.awaitMetric(1, "edge_mqtt_connected");
    }

    @AfterAll
    void stop() throws Exception {
        publisher.close();
        site.close();
        broker.close();
        cameras.close();
    }

    @Test
    @Order(1)
    void whoStillStandsThereSendsTheTicketBackWithAFreshPicture() throws Exception {
        String ticket = ticket("safety.intrusion");
        take(ticket, UP_TO_INSPECTED);
        awaitSomebodyInTheZone();

        JsonNode back = step(ticket, "close");

        assertThat(back.path("state").asText()).isEqualTo("dispatched");
        assertThat(back.path("reworks").asInt()).isEqualTo(1);
        JsonNode found = fact(back, "found-still-there");
        String picture = found.path("detail").path("picture").asText();
        assertThat(picture).isNotEmpty();
        HttpResponse<byte[]> fresh = await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> site.hubPages().get("/api/v1/evidence/" + picture), one -> one.statusCode() == 200);
        assertThat(ImageIO.read(new ByteArrayInputStream(fresh.body())).getWidth())
                .isEqualTo(Scenes.SIZE.width());
    }

    @Test
    @Order(2)
    void smokeThatIsStillReadSendsTheTicketBackWithTheReadingAndIsClosedOnceItIsGone() throws Exception {
        publisher.say("smoke/1", "{\"smoke\": true}");
        String ticket = ticket("fire.smoke");
        take(ticket, UP_TO_INSPECTED);
        publisher.say("smoke/1", "{\"smoke\": true}");
        JsonNode back = step(ticket, "close");
        assertThat(back.path("state").asText()).isEqualTo("dispatched");
        assertThat(fact(back, "found-still-there").path("detail").path("said").asText())
                .startsWith("smoke = 1");

        publisher.say("smoke/1", "{\"smoke\": false}");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> whole(ticket).path("conditionClearedAt").isTextual());
        take(ticket, ONCE_MORE);
        assertThat(step(ticket, "close").path("state").asText()).isEqualTo("closed");
    }

    @Test
    @Order(3)
    void whatAnEdgeThatIsAwayCannotSayHoldsNobodyUp() throws Exception {
        String ticket = ticket("safety.intrusion");
        take(ticket, ONCE_MORE);
        site.agent().kill();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !site.hubPages()
                        .items("/api/v1/edges")
                        .getFirst()
                        .path("state")
                        .asText()
                        .equals("online"));

        JsonNode closed = step(ticket, "close");

        assertThat(closed.path("state").asText()).isEqualTo("closed");
        assertThat(fact(closed, "found-not-known").path("detail").path("said").asText())
                .isEqualTo("the edge is away");
    }

    private String ticket(String kind) {
        return site.awaitTickets(kind, 1).getFirst().path("id").asText();
    }

    /** The clip comes again and again: until it has shown somebody in the zone for a second, and will for six more. */
    private void awaitSomebodyInTheZone() {
        long from = 5L * Scenes.FRAME_RATE;
        long to = 8L * Scenes.FRAME_RATE;
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    long place = camera.frameNow() % frames;
                    return place >= from && place < to;
                });
    }

    private void take(String ticket, List<String> commands) throws Exception {
        for (String command : commands) {
            step(ticket, command);
        }
    }

    /** As a person would: who was overtaken by news of the edge reads the ticket again and says it once more. */
    private JsonNode step(String ticket, String command) throws Exception {
        HttpResponse<String> answer = say(ticket, command);
        for (int again = 0; answer.statusCode() == 412 && again < 10; again++) {
            answer = say(ticket, command);
        }
        assertThat(answer.statusCode()).as(command + ": " + answer.body()).isEqualTo(200);
        return Pages.json(answer.body());
    }

    private HttpResponse<String> say(String ticket, String command) throws Exception {
        long version = whole(ticket).path("version").asLong();
        return site.hubPages()
                .post(
                        "/api/v1/tickets/" + ticket + "/commands",
                        "{\"command\": \"" + command + "\"}",
                        "\"" + version + "\"");
    }

    private JsonNode whole(String ticket) throws Exception {
        HttpResponse<byte[]> answer = site.hubPages().get("/api/v1/tickets/" + ticket);
        return Pages.json(new String(answer.body(), StandardCharsets.UTF_8));
    }

    private static JsonNode fact(JsonNode ticket, String kind) {
        for (JsonNode fact : ticket.path("facts")) {
            if (fact.path("kind").asText().equals(kind)) {
                return fact;
            }
        }
        throw new AssertionError("there is no fact " + kind + " in " + ticket);
    }
}
