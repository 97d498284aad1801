package io.fengsui.hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.hub.access.TokenCheck;
import io.fengsui.hub.access.user.Reach;
import io.fengsui.hub.access.user.Scope;
import io.fengsui.hub.grid.place.Area;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.hub.grid.place.AreaLevel;
import io.fengsui.hub.store.query.TicketQueries;
import io.fengsui.hub.store.query.TicketQueries.TicketRow;
import io.fengsui.hub.ticket.workflow.Role;
import io.fengsui.protocol.value.Name;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rights on single things: somebody of one area or unit neither sees nor touches what is another's, by no route. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObjectRightsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant OPENED = Instant.parse("2026-11-21T08:00:00Z");
    private static final String FENGTAI = "140502";
    private static final int TICKETS = 24;
    private static final String OWN = "20261121-0003";
    private static final String FOREIGN = "20261121-0001";

    private TestHub hub;
    private final List<TicketRow> own = new ArrayList<>();
    private final List<TicketRow> foreign = new ArrayList<>();
    private String[] fengtai;

    @BeforeAll
    void fill(@TempDir Path folder) throws Exception {
        AreaBook areas = new AreaBook(List.of(
                new Area(FENGTAI, AreaLevel.TOWN, new Name("凤台", "Fengtai"), "", "", null),
                new Area("140502-001", AreaLevel.GRID, new Name("一网格", "Grid 1"), FENGTAI, "", null),
                // Begins like Fengtai, and lies elsewhere; and the other way round.
                new Area("140502-099", AreaLevel.GRID, new Name("飞地", "Exclave"), "140599", "", null),
                new Area("140599", AreaLevel.TOWN, new Name("别镇", "Other town"), "", "", null),
                new Area("140577-001", AreaLevel.GRID, new Name("新网格", "New grid"), FENGTAI, "", null)));
        hub = new TestHub(folder, TokenCheck.of("0123456789abcdef"), ConsoleSettings.DEFAULT, 0, areas);
        hub.write(town -> {
            town.fleet(OPENED);
            for (int i = 0; i < TICKETS; i++) {
                town.ticket(
                        i + 1, SampleScenes.ALL.get(i % SampleScenes.ALL.size()), "reported", OPENED.plusSeconds(i));
            }
            town.joined(OWN, 101, SampleScenes.ALL.get(0), "same-thing", OPENED.plusSeconds(101));
            town.joined(FOREIGN, 102, SampleScenes.ALL.get(2), "same-thing", OPENED.plusSeconds(102));
            hub.database.writer().handle().execute("UPDATE ticket SET unit = 'fire' WHERE number % 3 = 0");
            hub.database.writer().handle().execute("UPDATE ticket SET grid = '140502-099' WHERE number = 23");
            hub.database.writer().handle().execute("UPDATE ticket SET grid = '140577-001' WHERE number = 24");
        });
        for (TicketRow row : all(Reach.EVERYWHERE)) {
            (isOwn(row.where().place().grid()) ? own : foreign).add(row);
        }
        fengtai = hub.signedIn("fengtai", Role.DISPATCHER, "", FENGTAI);
        assertThat(own).isNotEmpty();
        assertThat(foreign).isNotEmpty();
    }

    private static boolean isOwn(String grid) {
        return grid.equals("140577-001") || (grid.startsWith(FENGTAI) && !grid.equals("140502-099"));
    }

    @AfterAll
    void close() {
        hub.close();
    }

    private List<TicketRow> all(Reach reach) {
        return hub.queries
                .tickets()
                .newest(
                        new TicketQueries.Filter(
                                reach, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), false, null),
                        null,
                        200);
    }

    @Test
    void listsExportsAndFiguresHoldWhatIsOwnAndNothingElse() throws Exception {
        Set<String> expected = own.stream().map(TicketRow::id).collect(Collectors.toCollection(TreeSet::new));

        JsonNode page = json("/api/v1/tickets?limit=200");
        assertThat(page.path("items").findValuesAsText("id").stream().filter(id -> id.startsWith("2026")))
                .containsExactlyInAnyOrderElementsOf(expected);
        String csv = get("/api/v1/export/tickets.csv").body();
        assertThat(csv.lines().skip(1).map(line -> line.substring(1, 14)))
                .containsExactlyInAnyOrderElementsOf(expected);
        JsonNode map = json("/api/v1/export/tickets.geojson");
        assertThat(map.path("features")).hasSize(own.size());
        JsonNode figures = json("/api/v1/figures?by=grid&from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z");
        assertThat(figures.path("groups"))
                .allSatisfy(group -> assertThat(group.path("key").asText()).matches(ObjectRightsTest::isOwn));
        assertThat(figures.path("heat"))
                .isNotEmpty()
                .allSatisfy(heat -> assertThat(heat.path("grid").asText()).matches(ObjectRightsTest::isOwn));
        long open = 0;
        for (JsonNode count : json("/api/v1/summary").path("openBySeverity")) {
            open += count.asLong();
        }
        assertThat(open).isEqualTo(own.size());
        assertThat(json("/api/v1/cameras?limit=200").path("items"))
                .allSatisfy(camera ->
                        assertThat(camera.path("place").path("grid").asText()).startsWith(FENGTAI));
        assertThat(json("/api/v1/edges").path("items").findValuesAsText("id")).containsExactly("edge-fengtai-01");
    }

    @Test
    void whatIsAnothersIsNotThereByAnyRoute() throws Exception {
        int pictures = 0;
        for (TicketRow row : foreign) {
            String ticket = "/api/v1/tickets/" + row.id();
            assertThat(get(ticket).statusCode()).isEqualTo(404);
            assertThat(get(ticket + "/preview").statusCode()).isEqualTo(404);
            assertThat(post(ticket + "/commands", "{\"command\": \"accept\"}").statusCode())
                    .isEqualTo(404);
            assertThat(post(ticket + "/verdict", "{\"verdict\": \"false\"}").statusCode())
                    .isEqualTo(404);
            JsonNode whole = JSON.readTree(
                    hub.get(ticket, "authorization", "Bearer 0123456789abcdef").body());
            for (JsonNode event : whole.path("events")) {
                assertThat(get("/api/v1/events/" + event.path("id").asText()).statusCode())
                        .isEqualTo(404);
                for (JsonNode picture : event.path("evidence")) {
                    if (!picture.path("url").isNull()) {
                        assertThat(get(picture.path("url").asText()).statusCode())
                                .isEqualTo(404);
                        pictures++;
                    }
                }
            }
            assertThat(post("/api/v1/silences", "{\"ticket\": \"" + row.id() + "\", \"comment\": \"x\"}")
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(pictures).as("pictures that were asked for").isPositive();
        assertThat(get("/api/v1/tickets/" + own.getFirst().id()).statusCode()).isEqualTo(200);
    }

    /** What a caller said is seen by whoever sees the ticket that it went into, on its page as among the events. */
    @Test
    void anEventThatJoinedATicketIsSeenByThoseWhoSeeTheTicket() throws Exception {
        JsonNode events = json("/api/v1/tickets/" + OWN).path("events");
        assertThat(events)
                .extracting(event -> event.at("/place/grid").asText())
                .containsExactly("140525-003-07", "140502-010-11");
        for (JsonNode event : events) {
            assertThat(get("/api/v1/events/" + event.path("id").asText()).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void nobodySilencesOrReportsBeyondTheirReach() throws Exception {
        assertThat(post("/api/v1/silences", "{\"kinds\": [\"fire.*\"], \"comment\": \"x\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(post("/api/v1/silences", "{\"areas\": [\"140525\"], \"comment\": \"x\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(post("/api/v1/reports", "{\"kind\": \"fire.smoke\", \"text\": \"x\", \"grid\": \"140525-001\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(post("/api/v1/reports", "{\"kind\": \"fire.smoke\", \"text\": \"x\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(post("/api/v1/reports", "{\"kind\": \"fire.smoke\", \"text\": \"x\", \"grid\": \"140502-001\"}")
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void messagesAreForThoseWhoAreConfinedToNothing() throws Exception {
        hub.write(town -> hub.database
                .writer()
                .handle()
                .execute(
                        "INSERT INTO outbox VALUES ('d1', 'centre', 'hook', '*', ?, 1, 1, 'now', '[]', 0, 'dead', 1, 0,"
                                + " NULL)",
                        own.getFirst().id()));
        String[] confined = hub.signedIn("fengtai-2", Role.SUPERVISOR, "", FENGTAI);
        String[] free = hub.signedIn("chief", Role.SUPERVISOR, "");
        assertThat(JSON.readTree(hub.get("/api/v1/deliveries", free).body()).path("items"))
                .hasSize(1);
        assertThat(JSON.readTree(hub.get("/api/v1/deliveries", confined).body()).path("items"))
                .isEmpty();
        assertThat(hub.get("/api/v1/deliveries/d1", free).statusCode()).isEqualTo(200);
        assertThat(hub.get("/api/v1/deliveries/d1", confined).statusCode()).isEqualTo(404);
    }

    @Test
    void silencesOfOthersDoNotPushOnesOwnOutOfTheList() throws Exception {
        hub.write(town -> {
            for (String[] one :
                    List.of(new String[] {"own", FENGTAI, "2"}, new String[] {"other-1", "140525", "3"}, new String[] {
                        "other-2", "140525", "4"
                    })) {
                hub.database
                        .writer()
                        .handle()
                        .execute(
                                "INSERT INTO silence VALUES (?, '', ?, '', '', 1, ?, 'li', ?, NULL, '', 'silence')",
                                one[0],
                                one[1],
                                Long.parseLong(one[2]),
                                one[0]);
            }
        });
        assertThat(json("/api/v1/silences?limit=1").path("items").findValuesAsText("comment"))
                .containsExactly("own");
    }

    @Test
    void aUnitSeesItsOwnTicketsWhereverTheyAre() throws Exception {
        String[] fire = hub.signedIn("fire-1", Role.UNIT, "fire");
        JsonNode page = JSON.readTree(hub.get("/api/v1/tickets?limit=200", fire).body());
        assertThat(page.path("items"))
                .hasSize(TICKETS / 3)
                .allSatisfy(item -> assertThat(item.path("unit").asText()).isEqualTo("fire"));
        String other = all(Reach.EVERYWHERE).stream()
                .filter(row -> row.care().unit().isEmpty())
                .findFirst()
                .orElseThrow()
                .id();
        assertThat(hub.get("/api/v1/tickets/" + other, fire).statusCode()).isEqualTo(404);
        assertThat(JSON.readTree(hub.get("/api/v1/cameras", fire).body()).path("items"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"everywhere", "140502", "140502-001", "140525 140502-001", "1", "fire", "fire 140502"})
    void theDatabaseGivesTheSameAnswerAsTheRule(String scope) {
        List<String> words = List.of(scope.split(" "));
        String unit = words.contains("fire") ? "fire" : "";
        List<String> areas = words.stream().filter(word -> word.startsWith("1")).toList();
        Reach reach = hub.reception.door().users().reach(new Scope(areas, unit));
        List<String> byRule = all(Reach.EVERYWHERE).stream()
                .filter(row ->
                        reach.covers(row.where().place().grid(), row.care().unit()))
                .map(TicketRow::id)
                .toList();

        assertThat(all(reach)).extracting(TicketRow::id).containsExactlyElementsOf(byRule);
    }

    @ParameterizedTest
    @CsvSource({
        // grid, unit, what an area's dispatcher, a unit's worker and a unit's worker of an area see
        "140502-001, fire, yes, yes, yes",
        "140502-001, '', yes, no, no",
        "140502-999, fire, yes, yes, yes",
        "140525-001, fire, no, yes, no",
        "'', fire, no, yes, no",
        "'', '', no, no, no",
    })
    void decidesByPlaceAndUnit(String grid, String unit, String area, String worker, String both) {
        assertThat(reach("", FENGTAI).covers(grid, unit)).isEqualTo(area.equals("yes"));
        assertThat(reach("fire").covers(grid, unit)).isEqualTo(worker.equals("yes"));
        assertThat(reach("fire", FENGTAI).covers(grid, unit)).isEqualTo(both.equals("yes"));
        assertThat(Reach.EVERYWHERE.covers(grid, unit)).isTrue();
        assertThat(reach("fire").coversPlace(grid)).isFalse();
    }

    private Reach reach(String unit, String... areas) {
        return hub.reception.door().users().reach(new Scope(List.of(areas), unit));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return hub.get(path, fengtai);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return hub.post(path, body, fengtai[0], fengtai[1], "content-type", "application/json", "if-match", "\"1\"");
    }

    private JsonNode json(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }
}
