package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.hub.access.user.Reach;
import io.fengsui.hub.shard.input.OperatorCommand;
import io.fengsui.hub.store.WriterSession;
import io.fengsui.hub.store.query.FigureQueries;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures of a morning, counted by hand: Monday, 23 November 2026. */
class HubFiguresTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path data;

    /** What another database's test has otherwise. */
    TestTown town(Path folder) {
        return new TestTown(folder);
    }

    @Test
    void countsWhatHappened() throws Exception {
        Place place = new Place(new Name("=1+1", "=1+1"), "g1", new Place.Position(112.8, 35.5));
        try (Timeline day = new Timeline(town(data), "2026-11-23")) {
            day.at("09:00").event("fire.smoke", "one", Source.camera("cam-1", "gate"), place);
            day.at("09:00:30").step("one", "accept");
            day.at("09:20").event("fire.smoke", "two", Source.camera("cam-1", "gate"), place);
            day.at("09:22").step("two", "accept");
            day.at("11:00").event("safety.intrusion", "three", Source.camera("cam-2", "yard"), Place.UNKNOWN);
            day.until("12:00");
            verdict(day, "one", "true", 200);
            verdict(day, "two", "test", 200);
            verdict(day, "two", "false", 200);
            verdict(day, "three", "perhaps", 400);
            assertThat(day.town
                            .call("POST", "/api/v1/tickets/none/verdict", "{\"verdict\": \"true\"}")
                            .statusCode())
                    .isEqualTo(404);

            JsonNode byKind = figures(day, "kind");
            JsonNode smoke = byKind.path("groups").get(0);
            assertThat(smoke.path("key").asText()).isEqualTo("fire.smoke");
            assertThat(smoke.path("tickets").asInt()).isEqualTo(2);
            // accepted after 30 s of a minute, and after two minutes; not verified within the ten minutes after that,
            // both
            assertThat(smoke.path("deadlines").asInt()).isEqualTo(4);
            assertThat(smoke.path("onTimeRate").asDouble()).isEqualTo(0.25);
            assertThat(byKind.path("stays")).hasSize(1);
            JsonNode stay = byKind.path("stays").get(0);
            assertThat(stay.path("state").asText()).isEqualTo("reported");
            assertThat(stay.path("p50Seconds").asDouble()).isEqualTo(30);
            assertThat(stay.path("p90Seconds").asDouble()).isEqualTo(120);
            assertThat(byKind.path("verdicts")).hasSize(2);
            assertThat(byKind.path("verdicts").get(0).path("falseRate").asDouble())
                    .isEqualTo(1);
            assertThat(byKind.path("heat")).extracting(JsonNode::toString).contains("""
                    {"grid":"g1","hour":9,"tickets":2}""");
            assertThat(figures(day, "grid").path("groups")).hasSize(2);
            byTime(day);
            assertThat(day.history("two"))
                    .filteredOn(fact -> "verdict-given".equals(fact.get("kind")))
                    .hasSize(2);

            String csv = day.town
                    .call("GET", "/api/v1/export/tickets.csv?kind=fire.smoke", "")
                    .body();
            assertThat(csv.lines()).hasSize(3);
            assertThat(csv).contains("112.8,35.5,\"cam-1\"").doesNotContain(",\"=1+1");
            JsonNode points = JSON.readTree(
                    day.town.call("GET", "/api/v1/export/tickets.geojson", "").body());
            assertThat(points.path("features")).hasSize(3);
            assertThat(points.at("/features/2/geometry/coordinates/1").asDouble())
                    .isEqualTo(35.5);
            assertThat(points.at("/features/0/geometry").isNull()).isTrue();
        }
    }

    /** Only deadlines that had ended counted: an overdue ticket that nobody touched flattered its unit, a void one too. */
    @Test
    void whatIsOverdueCountsAsTooLateThoughNobodyTouchesItAndWhatIsVoidCountsForNothing() throws Exception {
        try (Timeline day = new Timeline(town(data), "2026-11-23")) {
            OperatorCommand.Details tomorrow =
                    new OperatorCommand.Details("admin", "", "", day.instant("2026-11-24T09:00"));
            day.at("09:00").event("fire.smoke", "untouched");
            day.at("09:10").event("fire.flame", "nothing").at("09:10:20").step("nothing", "void");
            day.at("09:20").event("fire.explosion", "waits");
            day.at("09:20:30").step("waits", "accept");
            day.at("09:40").step("waits", "suspend", tomorrow);
            day.until("12:00");

            JsonNode groups = figures(day, "kind").path("groups");
            assertThat(groups.findValuesAsText("key"))
                    .containsExactlyInAnyOrder("fire.smoke", "fire.flame", "fire.explosion");
            for (JsonNode group : groups) {
                switch (group.path("key").asText()) {
                    // a minute to be accepted in; the whole day is not over
                    case "fire.smoke" -> judged(group, 1, 0);
                    // accepted in time, and not verified when it was suspended twenty minutes later
                    case "fire.explosion" -> judged(group, 2, 0.5);
                    case String none -> judged(group, 0, -1);
                }
            }
        }
    }

    /** A holiday that was announced later moves what is due; rows say so when they are told of next. */
    @Test
    void whatTheCalendarMovedIsNotTooLateUntilItHasPassed() throws Exception {
        try (Timeline day = new Timeline(town(data), "2026-11-23")) {
            day.at("09:00").event("fire.smoke", "smoke").until("09:00:30");
            // Nothing happens meanwhile: the writer's connection is free.
            WriterSession writer = day.town.hub.database().writer();
            writer.handle()
                    .execute(
                            "UPDATE deadline SET due_at = ?",
                            day.instant("09:00:10").toEpochMilli());
            writer.commit();
            judged(figures(day, "kind").at("/groups/0"), 0, -1);
            day.until("09:01:10");
            judged(figures(day, "kind").at("/groups/0"), 1, 0);
        }
    }

    @Test
    void saysHowManyWereClosedInTimeDoneAgainAndGivenMoreTime() throws Exception {
        try (Timeline day = new Timeline(town(data), "2026-11-23")) {
            for (String key : List.of("good", "late", "again", "untouched", "void")) {
                day.at("09:00").event("fire.smoke", key).at("09:00:10").ends(key);
            }
            day.at("09:00:20").step("void", "void");
            for (String key : List.of("good", "again")) {
                steps(day, "09:01", key, "accept", "verify", "file", "dispatch");
            }
            day.at("09:02")
                    .step("good", "ask-extension", new OperatorCommand.Details("admin", "", "30m", null))
                    .at("09:03")
                    .step("good", "grant-extension");
            steps(day, "09:04", "good", "handle", "inspect", "close", "revisit");
            steps(day, "09:04", "again", "handle", "rework", "handle", "inspect", "close");
            // Closed in time; sent out again, it was closed too late.
            day.at("10:00").step("again", "rework");
            steps(day, "2026-11-24T10:30", "again", "handle", "inspect", "close");
            steps(
                    day,
                    "2026-11-24T10:30",
                    "late",
                    "accept",
                    "verify",
                    "file",
                    "dispatch",
                    "handle",
                    "inspect",
                    "close");
            day.at("2026-11-24T10:40").event("fire.smoke", "young").until("2026-11-24T10:40:30");

            JsonNode smoke = figures(day, "kind").at("/groups/0");
            assertThat(smoke.path("tickets").asInt()).isEqualTo(6);
            assertThat(smoke.path("toClose").asInt())
                    .as("neither the void one nor the one that has a day yet")
                    .isEqualTo(4);
            assertThat(smoke.path("closedOnTimeRate").asDouble()).isEqualTo(1.0 / 4);
            assertThat(smoke.path("reworks").asInt()).isEqualTo(2);
            assertThat(smoke.path("reworkRate").asDouble()).isEqualTo(1.0 / 3);
            assertThat(smoke.path("extensionRate").asDouble()).isEqualTo(1.0 / 5);
            JsonNode days = figures(day, "day&from=2026-11-22T16:00:00Z&to=2026-11-24T16:00:00Z");
            assertThat(days.at("/groups/0/closedOnTimeRate").asDouble()).isEqualTo(1.0 / 4);
            assertThat(days.at("/groups/1/toClose").asInt()).isZero();
            assertThat(days.at("/groups/1/closedOnTimeRate").isNull()).isTrue();
            assertThat(days.at("/groups/1/reworkRate").isNull()).isTrue();
            assertThat(days.at("/groups/1/extensionRate").asDouble(-1)).isZero();
        }
    }

    private static void steps(Timeline day, String at, String key, String... steps) {
        for (String step : steps) {
            day.at(at).step(key, step);
        }
    }

    private static void judged(JsonNode group, int deadlines, double rate) {
        assertThat(group.path("deadlines").asInt()).as(group.toString()).isEqualTo(deadlines);
        assertThat(group.path("onTimeRate").asDouble(-1)).isEqualTo(rate);
    }

    /** On 14 March 2027 at 2:00 clocks of New York are put on by an hour. */
    @Test
    void hoursAreThoseThatClocksShowedAndExportsHoldTheDaysAskedFor() throws Exception {
        Place place = new Place(new Name("一", "one"), "g1", Place.UNKNOWN.position());
        try (Timeline day = new Timeline(town(data), "2027-03-13")) {
            day.at("20:00").event("fire.smoke", "winter", Source.camera("cam-1", "gate"), place);
            day.at("2027-03-15T20:00").event("fire.smoke", "summer", Source.camera("cam-1", "gate"), place);
            day.until("2027-03-15T20:05");
            FigureQueries figures = new FigureQueries(day.town.hub.database().reader());
            FigureQueries.Span span = new FigureQueries.Span(
                    Instant.parse("2027-03-13T00:00:00Z"), Instant.parse("2027-03-16T00:00:00Z"), Reach.EVERYWHERE);
            assertThat(figures.heat(span, ZoneId.of("America/New_York")))
                    .containsExactly(new FigureQueries.Heat("g1", 7, 1), new FigureQueries.Heat("g1", 8, 1));
            assertThat(figures.heat(span, ZoneId.of("Asia/Shanghai")))
                    .containsExactly(new FigureQueries.Heat("g1", 20, 2));

            String csv = "/api/v1/export/tickets.csv";
            assertThat(day.town.call("GET", csv, "").body().lines()).hasSize(3);
            assertThat(day.town
                            .call("GET", csv + "?from=2027-03-14T00:00:00Z", "")
                            .body())
                    .contains(day.ticket("summer"))
                    .doesNotContain(day.ticket("winter"));
            assertThat(day.town
                            .call("GET", csv + "?from=2027-03-12T00:00:00Z&to=2027-03-15T12:00:00Z", "")
                            .body())
                    .contains(day.ticket("winter"))
                    .doesNotContain(day.ticket("summer"));
            assertThat(JSON.readTree(day.town
                                    .call(
                                            "GET",
                                            "/api/v1/export/tickets.geojson?to=2027-03-14T00:00:00Z&kind=fire.smoke",
                                            "")
                                    .body())
                            .path("features"))
                    .hasSize(1);
            assertThat(day.town
                            .call("GET", csv + "?from=2027-03-15T00:00:00Z&to=2027-03-14T00:00:00Z", "")
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    private static void byTime(Timeline day) throws Exception {
        JsonNode days = figures(day, "day&from=2026-11-20T16:00:00Z&to=2026-11-24T16:00:00Z");
        assertThat(days.path("groups").findValuesAsText("key"))
                .as("days of the hub's zone, also those without a ticket")
                .containsExactly("2026-11-21", "2026-11-22", "2026-11-23", "2026-11-24");
        assertThat(days.path("groups").findValuesAsText("tickets")).containsExactly("0", "0", "3", "0");
        assertThat(days.at("/groups/2/deadlines").asInt()).isEqualTo(5);
        assertThat(days.at("/groups/2/onTimeRate").asDouble()).isEqualTo(0.2);
        assertThat(days.at("/groups/0/onTimeRate").isNull()).isTrue();
        JsonNode weeks = figures(day, "week&from=2026-11-15T16:00:00Z&to=2026-11-24T16:00:00Z");
        assertThat(weeks.path("groups").findValuesAsText("key")).containsExactly("2026-W47", "2026-W48");
        assertThat(weeks.path("groups").findValuesAsText("tickets")).containsExactly("0", "3");
        assertThat(figures(day, "month").path("groups").findValuesAsText("key")).contains("2026-11");
    }

    private static void verdict(Timeline day, String key, String verdict, int status)
            throws IOException, InterruptedException {
        String path = "/api/v1/tickets/" + day.ticket(key) + "/verdict";
        assertThat(day.town
                        .call("POST", path, "{\"verdict\": \"" + verdict + "\"}")
                        .statusCode())
                .isEqualTo(status);
    }

    private static JsonNode figures(Timeline day, String by) throws IOException, InterruptedException {
        return JSON.readTree(
                day.town.call("GET", "/api/v1/figures?by=" + by, "").body());
    }
}
