package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.hub.notify.send.TestReceiver;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A minute in which five thousand things begin, each at a camera of its own: a few tickets, one digest, nothing lost. */
class HubFloodTest extends ToldTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROUNDS = 10;
    /** Together more than the hub keeps in memory of what it has gathered. */
    private static final int A_ROUND = 500;

    private static final Duration ROUND = Duration.ofSeconds(6);
    private static final int BUDGET = 20;
    private static final List<String> PAGES = List.of(
            "/",
            "/api/v1/summary",
            "/api/v1/tickets?limit=50",
            "/api/v1/events?limit=50",
            "/api/v1/deliveries",
            "/healthz");

    private Timeline day() throws IOException {
        Files.writeString(folder.resolve("correlation.yaml"), """
                storms:
                  - {kinds: [safety.*], level: village, most: %d, within: 1h}
                """.formatted(BUDGET));
        return day(
                "- {id: centre, channels: [hook], on: [opened, storm], kinds: [safety.*]}",
                "correlation: correlation.yaml");
    }

    private static Event fresh(TestTown town, int number) {
        Place place = new Place(Name.NONE, "g1", new Place.Position(1, 1));
        Source camera = Source.camera("cam-" + number, "");
        return town.begun(
                "safety.intrusion",
                "key-" + number,
                Lane.URGENT,
                new Event.Origin("edge-1", "site-1", camera, "", place));
    }

    @Test
    void makesTheBudgetsTicketsAndOneDigestAndPagesAreServedMeanwhile() throws Exception {
        try (Timeline day = day();
                TestEdge edge = new TestEdge("edge-1", day.town.time);
                HttpClient client = HttpClient.newHttpClient()) {
            TestTown town = day.town;
            assertThat(edge.serve(town.hub.port())).isTrue();
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < A_ROUND; i++) {
                    edge.record(fresh(town, round * A_ROUND + i));
                }
                edge.send(Lane.URGENT, (long) round * A_ROUND);
                // Asked while the writer is at it, and not one of them is put off.
                String page = PAGES.get(round % PAGES.size());
                HttpResponse<String> answer = client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + town.hub.port() + page))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(page).isEqualTo(200);
                edge.awaitAcknowledged();
                if (round == ROUNDS / 2) {
                    killAndServe(town, edge);
                }
                town.time.advance(ROUND);
                town.hub.tick();
            }

            int all = ROUNDS * A_ROUND;
            assertThat(town.count("SELECT COUNT(*) FROM event WHERE kind = 'safety.intrusion'"))
                    .isEqualTo(all);
            assertThat(town.count("SELECT COUNT(*) FROM ticket WHERE kind = 'safety.intrusion'"))
                    .isEqualTo(BUDGET);
            assertThat(town.count("SELECT SUM(event_count) FROM ticket WHERE kind = 'safety.intrusion'"))
                    .isEqualTo(all);
            assertThat(town.count(
                            "SELECT COUNT(*) FROM incident WHERE kind = 'safety.intrusion' AND ticket_id IS NULL"))
                    .isZero();
            assertThat(town.count("SELECT COUNT(*) FROM quarantine")).isZero();
            day.until("00:01:05");
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                town.hub.tick();
                return town.count("SELECT COUNT(*) FROM outbox WHERE state <> 'delivered'") == 0;
            });
            digest(all - BUDGET);
        }
    }

    /** In the middle of it: what the storm's budget was spent on is known afterwards. */
    private static void killAndServe(TestTown town, TestEdge edge) {
        edge.disconnect();
        town.killAndStart();
        assertThat(edge.serve(town.hub.port())).isTrue();
    }

    /** So many messages one by one as there are tickets, and one that tells or counts everything else. */
    private void digest(int others) throws IOException {
        // By their ids: what was on its way when the hub was killed may come twice.
        Map<String, JsonNode> messages = new HashMap<>();
        for (TestReceiver.Got got : receiver.got) {
            JsonNode message = JSON.readTree(got.body());
            messages.put(message.path("id").asText(), message.path("data"));
        }
        List<JsonNode> digests = messages.values().stream()
                .filter(data -> data.at("/notices/0/notice").asText().equals("storm"))
                .toList();
        assertThat(messages).hasSize(BUDGET + 1);
        assertThat(digests).hasSize(1);
        assertThat(digests.getFirst().path("notices")).hasSize(100);
        assertThat(digests.getFirst().path("omitted").asInt()).isEqualTo(others - 100);
    }
}
