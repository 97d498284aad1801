package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.Place;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rounds of patrols reach the console, people mark their pictures, and it is known who did. */
class HubPatrolTest extends TownTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SplittableRandom random = new SplittableRandom(7);

    private Event round(String patrol) {
        return new Event(
                EventId.make(town.time.wall(), random),
                1,
                Phase.INSTANT,
                new EventKind("patrol.round"),
                Severity.INFO,
                Lane.BULK,
                new Event.Origin("edge-1", "site-1", Source.edge("edge-1"), "", Place.UNKNOWN),
                new Event.Times(edge.now(), edge.now(), Duration.ZERO),
                Event.Cause.NONE,
                "patrol/" + patrol,
                Map.of(
                        "patrol", patrol,
                        "patrol.zh", "夜巡",
                        "patrol.en", "Night round",
                        "cameras", "gate,yard,dam",
                        "sheet-columns", "2",
                        "tile-width", "480",
                        "tile-height", "300",
                        "found-cameras", "yard",
                        "missed-cameras", "dam"),
                List.of(),
                List.of(Evidence.pending(new UUID(1, random.nextLong()), "image/jpeg", edge.now())),
                List.of(),
                Event.Marks.NONE);
    }

    private void tell(Event... events) {
        for (Event event : events) {
            edge.record(event);
        }
        edge.serve(town.hub.port());
        edge.sendAll();
        edge.awaitAcknowledged();
    }

    @Test
    void aRoundIsShownWithItsSheetAndMarkedPictureByPicture() throws Exception {
        Event night = round("night");
        tell(night, town.begun("edge-1", "fire.smoke", "smoke"));
        JsonNode page = get("/api/v1/patrols");
        assertThat(page.path("items")).hasSize(1);
        JsonNode shown = page.path("items").path(0);
        assertThat(shown.path("id").asText()).isEqualTo(night.id().toString());
        assertThat(shown.at("/name/zh").asText()).isEqualTo("夜巡");
        assertThat(shown.at("/sheet/state").asText()).isEqualTo("pending");
        assertThat(shown.at("/sheet/columns").asInt()).isEqualTo(2);
        assertThat(shown.path("cameras").findValuesAsText("camera")).containsExactly("gate", "yard", "dam");
        assertThat(shown.at("/cameras/1/found").asBoolean()).isTrue();
        assertThat(shown.at("/cameras/2/missed").asBoolean()).isTrue();
        assertThat(shown.at("/cameras/0/mark").isNull()).isTrue();

        town.time.advance(Duration.ofMinutes(4));
        assertThat(mark(night, "{\"camera\": \"gate\", \"mark\": \"unclear\"}").statusCode())
                .isEqualTo(200);
        HttpResponse<String> newer = mark(night, "{\"camera\": \"gate\", \"mark\": \"wrong\", \"note\": \"门开着\"}");
        JsonNode gate = JSON.readTree(newer.body()).at("/cameras/0");
        assertThat(gate.path("mark").asText()).isEqualTo("wrong");
        assertThat(gate.path("note").asText()).isEqualTo("门开着");
        assertThat(gate.path("markedBy").asText()).isEqualTo("local");

        town.restart();
        assertThat(get("/api/v1/patrols/" + night.id()).at("/cameras/0/mark").asText())
                .as("after a restart")
                .isEqualTo("wrong");
        assertThat(get("/api/v1/audit?subject=" + night.id()).path("items")).hasSize(2);
    }

    @Test
    void figuresSayWhoAnsweredAndHowSoon() throws Exception {
        Event first = round("night");
        tell(first);
        town.time.advance(Duration.ofMinutes(10));
        Event second = round("night");
        Event other = round("day");
        tell(second, other);
        town.time.advance(Duration.ofMinutes(2));
        mark(second, "{\"camera\": \"gate\", \"mark\": \"fine\"}");
        mark(second, "{\"camera\": \"yard\", \"mark\": \"wrong\"}");
        mark(first, "{\"camera\": \"gate\", \"mark\": \"unclear\"}");
        town.time.advance(Duration.ofMinutes(1));

        JsonNode figures = get("/api/v1/patrol-figures");
        assertThat(figures.path("people")).hasSize(1);
        assertThat(figures.path("people").path(0).toString())
                .isEqualTo("{\"name\":\"local\",\"rounds\":2,\"pictures\":3,\"wrong\":1,\"unclear\":1}");
        assertThat(figures.path("patrols").findValuesAsText("patrol")).containsExactly("day", "night");
        JsonNode night = figures.path("patrols").path(1);
        assertThat(night.path("rounds").asInt()).isEqualTo(2);
        assertThat(night.path("answered").asInt()).isEqualTo(2);
        assertThat(night.path("wrong").asInt()).isEqualTo(1);
        assertThat(night.path("halfSeconds").asInt()).isEqualTo(120);
        assertThat(figures.path("patrols").path(0).path("answered").asInt()).isZero();
        assertThat(get("/api/v1/patrol-figures?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z")
                        .path("patrols"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"camera\": \"gate\"}",
                "{\"camera\": \"gate\", \"mark\": \"good\"}",
                "{\"camera\": \"elsewhere\", \"mark\": \"fine\"}",
                "{\"camera\": \"gate\", \"mark\": \"fine\", \"note\": \"a\\u0000b\"}"
            })
    void refusesWhatIsNoMark(String body) throws Exception {
        Event night = round("night");
        tell(night);
        assertThat(mark(night, body).statusCode()).isEqualTo(400);
        assertThat(town.count("SELECT COUNT(*) FROM picture_mark")).isZero();
    }

    @Test
    void otherEventsAreNoRounds() throws Exception {
        Event smoke = town.begun("edge-1", "fire.smoke", "smoke");
        tell(smoke);
        assertThat(mark(smoke, "{\"camera\": \"cam-1\", \"mark\": \"fine\"}").statusCode())
                .isEqualTo(404);
    }

    private JsonNode get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(path)).build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> mark(Event round, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/api/v1/patrols/" + round.id() + "/marks"))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + town.hub.port() + path);
    }
}
