package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.Place;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Work that people announce at their desks, in a hub whose files say nothing of what belongs together. */
class HubWorksTest extends ToldTest {
    private static final Source CAMERA = Source.camera("cam-w", "");
    private static final String UNTIL_TEN = """
            {"kinds": ["health.*"], "sources": ["cam-w"], "until": "2026-11-23T02:00:00Z", "comment": "换杆"}""";

    private Timeline day() throws IOException {
        return day("- {id: centre, channels: [hook], on: [opened]}", "");
    }

    private static int tickets(Timeline day) {
        return day.town.count("SELECT COUNT(*) FROM ticket");
    }

    @Test
    void opensNoTicketUntilTheWorkIsOverAndThenOneOfWhatStillHolds() throws Exception {
        try (Timeline day = day()) {
            day.at("08:00");
            announce(day, UNTIL_TEN);
            day.at("08:30")
                    .event("health.camera.offline", "brief", CAMERA, Place.UNKNOWN)
                    .at("08:40")
                    .ends("brief")
                    .at("09:00")
                    .event("health.camera.offline", "stays", CAMERA, Place.UNKNOWN)
                    .at("09:00")
                    .event("fire.smoke", "smoke", CAMERA, Place.UNKNOWN)
                    .at("09:00")
                    .event("health.camera.offline", "elsewhere", Source.camera("cam-x", ""), Place.UNKNOWN)
                    .at("09:30:00")
                    .hubIsAwayUntil("09:31")
                    .until("09:59");
            assertThat(tickets(day)).as("smoke, and another camera").isEqualTo(2);
            assertThat(json(day, "GET", "/api/v1/held", "")
                            .at("/items/0/reason")
                            .asText())
                    .isEqualTo("maintenance");
            day.until("10:01");
            assertThat(tickets(day)).isEqualTo(3);
            assertThat(day.ticket("stays")).isNotNull();
        }
    }

    /** What was held is decided once more also by a hub that was away when the work was over, and knows of none any more. */
    @Test
    void whatWasHeldBecomesATicketThoughTheHubWasAwayAtTheEnd() throws Exception {
        try (Timeline day = day()) {
            day.at("08:00");
            announce(day, UNTIL_TEN);
            day.at("09:00")
                    .event("health.camera.offline", "stays", CAMERA, Place.UNKNOWN)
                    .at("09:30:00")
                    .hubIsAwayUntil("10:30")
                    .until("10:31");
            assertThat(day.ticket("stays")).isNotNull();
            assertThat(json(day, "GET", "/api/v1/held", "").path("items")).isEmpty();
        }
    }

    @Test
    void decidesAtOnceOnWhatWasHeldWhenTheWorkIsEndedBeforeItsTime() throws Exception {
        try (Timeline day = day()) {
            day.at("08:00");
            String first = announce(day, UNTIL_TEN);
            String other = announce(day, UNTIL_TEN);
            day.at("09:00")
                    .event("health.camera.offline", "stays", CAMERA, Place.UNKNOWN)
                    .until("09:05");
            assertThat(json(day, "DELETE", "/api/v1/maintenance/" + first, "")
                            .path("state")
                            .asText())
                    .isEqualTo("over");
            day.until("09:06");
            assertThat(tickets(day)).as("the other work goes on").isZero();
            JsonNode ended = json(day, "DELETE", "/api/v1/maintenance/" + other, "");
            assertThat(ended.path("endedBy").asText()).isNotEmpty();
            day.until("09:07");
            assertThat(tickets(day)).isEqualTo(1);
            assertThat(day.ticket("stays")).isNotNull();
        }
    }

    @Test
    void whatIsAnnouncedForLaterHoldsNothingBackBeforeAndSilencesNobody() throws Exception {
        try (Timeline day = day()) {
            day.at("08:00");
            announce(day, UNTIL_TEN.replace("\"until\"", "\"from\": \"2026-11-23T01:00:00Z\", \"until\""));
            assertThat(json(day, "GET", "/api/v1/maintenance?state=coming", "").path("items"))
                    .hasSize(1);
            assertThat(json(day, "GET", "/api/v1/silences", "").path("items")).isEmpty();
            day.at("08:30").event("health.camera.offline", "before", CAMERA, Place.UNKNOWN);
            day.until("08:31");
            assertThat(tickets(day)).isEqualTo(1);
            assertThat(day.town.count("SELECT COUNT(*) FROM outbox")).isEqualTo(1);
        }
    }

    private static String announce(Timeline day, String body) throws Exception {
        JsonNode made = json(day, "POST", "/api/v1/maintenance", body);
        assertThat(made.path("id").asText()).as(made.toString()).isNotEmpty();
        return made.path("id").asText();
    }

    private static JsonNode json(Timeline day, String method, String path, String body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + day.town.hub.port() + path))
                            .header("content-type", "application/json")
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return new ObjectMapper().readTree(answer.body());
        }
    }
}
