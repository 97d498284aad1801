package io.fengsui.hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What programs see of tickets, events, the fleet and pictures, over a real port and a real database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleRestTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant OPENED = Instant.parse("2026-11-21T08:00:00Z");
    private static final int TICKETS = 31;

    private TestHub hub;

    @BeforeAll
    void fill(@TempDir Path folder) throws Exception {
        hub = TestHub.open(folder);
        hub.write(town -> {
            town.fleet(OPENED);
            for (int i = 0; i < TICKETS; i++) {
                town.ticket(
                        i + 1,
                        SampleScenes.ALL.get(i % SampleScenes.ALL.size()),
                        SampleTown.state(i),
                        OPENED.plusSeconds(i / 3));
            }
        });
    }

    @AfterAll
    void close() {
        hub.close();
    }

    @Test
    void pagesAreNewestFirstAndStayStableWhileTicketsAreAdded() throws Exception {
        List<String> seen = new ArrayList<>();
        String cursor = "";
        int added = 0;
        do {
            JsonNode page = json(hub.get("/api/v1/tickets?limit=7" + cursor));
            page.path("items").forEach(item -> seen.add(item.path("id").asText()));
            String next = page.path("next").textValue();
            cursor = next == null ? "" : "&cursor=" + next;
            if (added < 2) {
                int number = 500 + added;
                added++;
                hub.write(town -> town.ticket(number, SampleScenes.ALL.get(2), "void", OPENED.plusSeconds(9_000)));
            }
        } while (!cursor.isEmpty());

        assertThat(seen).hasSize(TICKETS).doesNotHaveDuplicates();
        assertThat(seen.getFirst()).isEqualTo("20261121-0031");
        assertThat(seen.getLast()).isEqualTo("20261121-0001");
    }

    @Test
    void filtersByStateKindAndSeverity() throws Exception {
        JsonNode page = json(hub.get("/api/v1/tickets?state=reported,accepted&kind=fire.smoke&severity=critical"));

        assertThat(page.path("items")).isNotEmpty().allSatisfy(item -> {
            assertThat(item.path("kind").asText()).isEqualTo("fire.smoke");
            assertThat(item.path("state").asText()).isIn("reported", "accepted");
        });
        assertThat(json(hub.get("/api/v1/tickets?site=elsewhere")).path("items"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/tickets?limit=1e9|400|bad-parameter",
                "/api/v1/tickets?limit=0|400|bad-parameter",
                "/api/v1/tickets?limit=201|400|bad-parameter",
                "/api/v1/tickets?limit=-1|400|bad-parameter",
                "/api/v1/tickets?limit=2&limit=3|400|bad-parameter",
                "/api/v1/tickets?cursor=xyz|400|bad-cursor",
                "/api/v1/tickets?cursor=MQpldmVudHMKMQp4|400|bad-cursor",
                "/api/v1/tickets?cursor=MQp0aWNrZXRzCngKeA|400|bad-cursor",
                "/api/v1/tickets?sort=title|400|bad-parameter",
                "/api/v1/tickets?state=nonsense|400|bad-parameter",
                "/api/v1/tickets?severity=very|400|bad-parameter",
                "/api/v1/tickets?kind=a%20b|400|bad-parameter",
                "/api/v1/tickets?colour=red|400|bad-parameter",
                "/api/v1/tickets/nothing|404|not-found",
                "/api/v1/tickets/20261121-0001?x=1|400|bad-parameter",
                "/api/v1/events?source=%27%20OR%201=1|400|bad-parameter",
                "/api/v1/events/nothing|404|not-found",
                "/api/v1/edges?limit=x|400|bad-parameter",
                "/api/v1/cameras?cursor=!|400|bad-cursor",
                "/api/v1/nothing|404|not-found",
            })
    void tellsWhatIsWrongInBothLanguages(String path, int status, String type) throws Exception {
        HttpResponse<String> answer = hub.get(path, "accept-language", "en-GB");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("application/problem+json"));
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.path("type").asText()).isEqualTo("urn:fengsui:problem:" + type);
        assertThat(problem.path("detail")).isEqualTo(problem.path("en").path("detail"));
        assertThat(problem.path("zh").path("detail").asText()).isNotBlank().containsPattern("\\p{IsHan}");
    }

    @Test
    void whatTheServerItselfRefusesIsAProblemToo() throws Exception {
        for (String path : List.of("/api/v1/tickets?cursor=%00", "/api/v1/evidence/..%2F..%2Fhub.db")) {
            HttpResponse<String> answer = hub.get(path);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(JSON.readTree(answer.body()).path("type").asText())
                    .isEqualTo("urn:fengsui:problem:bad-parameter");
        }
    }

    @Test
    void aTicketHasItsHistoryItsEventsAndItsNextSteps() throws Exception {
        HttpResponse<String> answer = hub.get("/api/v1/tickets/20261121-0003");
        JsonNode ticket = json(answer);

        assertThat(answer.headers().firstValue("etag")).hasValue("\"2\"");
        assertThat(ticket.path("title").path("zh").asText()).isEqualTo("烟感报警");
        assertThat(ticket.path("facts")).hasSize(2);
        assertThat(ticket.path("events")).hasSize(1);
        assertThat(ticket.path("events").get(0).path("why").get(1).path("stage").asText())
                .isEqualTo("sensor");
        assertThat(ticket.path("events")
                        .get(0)
                        .path("attributes")
                        .path("battery")
                        .asText())
                .isEqualTo("0.82");
        assertThat(ticket.path("next").get(0).path("command").asText()).isEqualTo("verify");
    }

    @Test
    void aStepNeedsTheVersionThatWasSeen() throws Exception {
        String path = "/api/v1/tickets/20261121-0002/commands";
        String accept = "{\"command\":\"accept\",\"note\":\"好\"}";
        String type = "application/json";

        assertThat(hub.post(path, accept, "content-type", type).statusCode()).isEqualTo(428);
        assertThat(hub.post(path, accept, "content-type", type, "if-match", "x").statusCode())
                .isEqualTo(400);
        assertThat(hub.post(path, accept, "content-type", type, "if-match", "\"9\"")
                        .statusCode())
                .isEqualTo(412);
        assertThat(hub.post(path, "{\"command\":\"close\"}", "content-type", type, "if-match", "\"1\"")
                        .statusCode())
                .isEqualTo(409);

        HttpResponse<String> done = hub.post(path, accept, "content-type", type, "if-match", "\"1\"");
        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(json(done).path("state").asText()).isEqualTo("accepted");
        assertThat(done.headers().firstValue("etag")).hasValue("\"2\"");
        assertThat(hub.post(path, accept, "content-type", type, "if-match", "\"1\"")
                        .statusCode())
                .isEqualTo(412);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain|{\"command\":\"accept\"}|415",
                "application/json|{\"command\":\"accept\"|400",
                "application/json|[]|400",
                "application/json|{\"command\":7}|400",
                "application/json|{\"command\":\"accept\",\"x\":1}|400",
                "application/json|{\"command\":\"accept\",\"command\":\"void\"}|400",
                "application/json|{\"command\":\"DROP TABLE\"}|400",
            })
    void refusesMalformedCommands(String type, String body, int status) throws Exception {
        assertThat(hub.post("/api/v1/tickets/20261121-0001/commands", body, "content-type", type, "if-match", "\"1\"")
                        .statusCode())
                .isEqualTo(status);
    }

    @Test
    void anEventTellsWhyAndWhatWasSeen() throws Exception {
        JsonNode page = json(hub.get("/api/v1/events?kind=safety.intrusion&limit=2"));
        String id = page.path("items").get(0).path("id").asText();
        JsonNode event = json(hub.get("/api/v1/events/" + id));

        assertThat(event.path("detections").get(0).path("label").asText()).isEqualTo("person");
        assertThat(event.path("why")).hasSize(5);
        assertThat(event.path("ticket").asText()).startsWith("20261121-");
        assertThat(json(hub.get("/api/v1/events?source=smoke-0307")).path("items"))
                .isNotEmpty();
    }

    @Test
    void theFleetTellsWhoIsUpAndWhoIsUnknown() throws Exception {
        JsonNode edges = json(hub.get("/api/v1/edges"));
        assertThat(edges.path("items"))
                .extracting(edge ->
                        edge.path("id").asText() + " " + edge.path("state").asText())
                .containsExactly("edge-bagong-02 silent", "edge-fengtai-01 online", "edge-gaodu-01 online");

        List<String> states = new ArrayList<>();
        JsonNode first = json(hub.get("/api/v1/cameras?limit=2"));
        JsonNode second = json(
                hub.get("/api/v1/cameras?limit=2&cursor=" + first.path("next").asText()));
        for (JsonNode page : List.of(first, second)) {
            page.path("items")
                    .forEach(camera -> states.add(camera.path("id").asText() + " "
                            + camera.path("state").asText()));
        }
        assertThat(states)
                .containsExactly(
                        "cam-market-02 unknown", "cam-fire-lane up", "cam-reservoir-01 up", "cam-school-gate up");
        assertThat(json(hub.get("/api/v1/sensors")).path("items")).hasSize(3);
        JsonNode summary = json(hub.get("/api/v1/summary"));
        assertThat(summary.path("fleet").path("edgesConnected").asInt()).isEqualTo(2);
        assertThat(summary.path("fleet").path("camerasOffline").asInt()).isEqualTo(1);
        assertThat(summary.path("zone").asText()).isEqualTo("Asia/Shanghai");
    }

    @Test
    void aPictureIsServedAsWhatTheHubSaysItIs() throws Exception {
        HttpResponse<String> answer = hub.get("/api/v1/evidence/0193aaaa-0000-7000-8000-000000000001");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("image/jpeg");
        assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(answer.headers().firstValue("x-content-type-options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("content-disposition")).hasValue("inline");
        assertThat(answer.body()).hasSizeGreaterThan(1_000);
        assertThat(hub.get("/api/v1/evidence/0193aaaa-0000-7000-8000-000000000015")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void evidenceOfAnUnknownTypeIsOnlyEverADownload() throws Exception {
        hub.write(
                town -> hub.database
                        .writer()
                        .handle()
                        .execute(
                                "INSERT INTO evidence SELECT 'odd', event_id, ticket_id, edge, 'text/html', state, sha256, size,"
                                        + " taken_at, received_at, '' FROM evidence WHERE evidence_id = '0193aaaa-0000-7000-8000-000000000001'"));
        HttpResponse<String> answer = hub.get("/api/v1/evidence/odd");

        assertThat(answer.headers().firstValue("content-type")).hasValue("application/octet-stream");
        assertThat(answer.headers().firstValue("content-disposition")).hasValue("attachment");
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }
}
