package io.fengsui.hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.hub.access.TokenCheck;
import io.fengsui.hub.grid.place.Area;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.hub.grid.place.AreaLevel;
import io.fengsui.hub.grid.unit.Router;
import io.fengsui.hub.grid.unit.Unit;
import io.fengsui.hub.ticket.workflow.Role;
import io.fengsui.protocol.value.Name;
import io.fengsui.runtime.TimeSource;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which codes people mean by a name: areas, kinds, cameras, sensors and edges; and silences by their names. */
class NamesRestTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Answers everywhere, and another one. */
    static final List<Unit> UNITS = List.of(
            new Unit("fire", new Name("消防大队", "Fire brigade"), "119", List.of(), List.of()),
            new Unit("water-1", new Name("水务所", "Water office"), "", List.of(), List.of()));

    /** A city, two towns and a grid. */
    static final AreaBook TOWN = new AreaBook(List.of(
            new Area("140502-010-11", AreaLevel.GRID, new Name("第一网格", "Grid 1"), "140502", "", null),
            new Area("140502", AreaLevel.TOWN, new Name("凤台街道", "Fengtai"), "1405", "", null),
            new Area("140525", AreaLevel.TOWN, new Name("高都镇", "Gaodu"), "1405", "", null),
            new Area("1405", AreaLevel.CITY, new Name("晋城", "Jincheng"), "", "", null)));

    private TestHub hub;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        hub = new TestHub(folder, TokenCheck.none(), ConsoleSettings.DEFAULT, 0, new Router(TOWN, UNITS));
        hub.write(town -> {
            town.fleet(TimeSource.system().wall());
            town.ticket(
                    1, SampleScenes.ALL.get(0), "accepted", TimeSource.system().wall());
        });
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void findsAreasByNameOrCodeTheLargestFirstAndSaysWhatTheyArePartOf() throws Exception {
        assertThat(codes("areas", "")).containsExactly("1405", "140502", "140525", "140502-010-11", "140525-099");
        assertThat(codes("areas", "140502")).containsExactly("140502", "140502-010-11");
        assertThat(codes("areas", "网格")).containsExactly("140502-010-11", "140525-099");
        assertThat(codes("areas", "GAODU")).containsExactly("140525");
        JsonNode grid = names("areas", "140502-010-11").path("items").path(0);
        assertThat(grid.path("type").asText()).isEqualTo("grid");
        assertThat(grid.at("/within/zh").asText()).isEqualTo("晋城 凤台街道");
        JsonNode two = JSON.readTree(hub.get("/api/v1/names?of=areas&limit=2").body());
        assertThat(two.path("items")).hasSize(2);
        assertThat(two.path("more").asBoolean()).isTrue();
    }

    @Test
    void findsUnitsByNameOrIdThatVeryOneFirst() throws Exception {
        assertThat(codes("units", "")).containsExactly("fire", "water-1");
        assertThat(codes("units", "水")).containsExactly("water-1");
        assertThat(codes("units", "ＦＩＲＥ")).containsExactly("fire");
        JsonNode fire = names("units", "Brigade").path("items").path(0);
        assertThat(fire.path("type").asText()).isEqualTo("unit");
        assertThat(fire.at("/name/zh").asText()).isEqualTo("消防大队");
        assertThat(codes("units", "", hub.signedIn("unit", Role.UNIT, "fire"))).containsExactly("fire");
    }

    @Test
    void areasAndKindsAreFoundAsSourcesAreWhateverTheWidthOfCharacters() throws Exception {
        assertThat(codes("areas", "１４０５２５")).containsExactly("140525", "140525-099");
        assertThat(codes("areas", "ｇａｏｄｕ")).containsExactly("140525");
        assertThat(codes("kinds", "ＦＩＲＥ．＊")).containsExactly("fire.*");
        assertThat(codes("sources", "ＳＭＯＫＥ－０３０７")).containsExactly("smoke-0307");
    }

    @Test
    void saysWhetherThereAreMoreThoughOneIdIsOnManyEdges() throws Exception {
        hub.write(town -> {
            for (int edge = 0; edge < 300; edge++) {
                hub.database
                        .writer()
                        .handle()
                        .execute(
                                "INSERT INTO camera (edge, id, name_zh, name_en, place_zh, place_en, grid, subject)"
                                        + " VALUES (?, ?, '同名', '', '', '', '', '')",
                                "edge-" + edge,
                                edge == 299 ? "same-2" : "same-1");
            }
        });
        for (int limit : List.of(1, 2, 3)) {
            JsonNode found = JSON.readTree(hub.get("/api/v1/names?of=sources&text=same-&limit=" + limit)
                    .body());
            assertThat(found.path("items")).hasSize(Math.min(limit, 2));
            assertThat(found.path("more").asBoolean()).isEqualTo(limit == 1);
        }
        assertThat(codes("sources", "同名")).containsExactly("same-1", "same-2");
    }

    @Test
    void tellsWhoeverAsksWhatTheirAreasAndUnitAreCalled() throws Exception {
        String[] fengtai = hub.signedIn("fengtai", Role.UNIT, "fire", "140502", "140525-099");
        assertThat(JSON.readTree(hub.get("/api/v1/me", fengtai).body()).path("names"))
                .isEqualTo(JSON.readTree("""
                {"areas": {"140502": {"zh": "凤台街道", "en": "Fengtai"}, "140525-099": {"zh": "边远网格", "en": "Far grid"}},
                 "unit": {"zh": "消防大队", "en": "Fire brigade"}}"""));
        String[] gone = hub.signedIn("gone", Role.DISPATCHER, "no-more", "999");
        assertThat(JSON.readTree(hub.get("/api/v1/me", gone).body()).path("names"))
                .isEqualTo(JSON.readTree("{\"areas\": {}, \"unit\": null}"));
        JsonNode users = JSON.readTree(
                hub.get("/api/v1/users", hub.signedIn("root", Role.ADMIN, "")).body());
        assertThat(users.path("items"))
                .filteredOn(user -> user.path("name").asText().equals("fengtai"))
                .extracting(user -> user.at("/names/unit/zh").asText())
                .containsExactly("消防大队");
    }

    @Test
    void anAccountTakesEveryAreaAndUnitThatIsFoundByNameAndNoOther() throws Exception {
        String[] root = hub.signedIn("root", Role.ADMIN, "");
        String user = """
                {"name": "%s", "role": "viewer", "password": "a-beacon-on-the-hill", "areas": ["%s"], "unit": "%s"}""";
        int number = 0;
        for (String area : codes("areas", "")) {
            String wish = user.formatted("user-" + number++, area, "fire");
            assertThat(hub.post("/api/v1/users", wish, "content-type", "application/json", root[0], root[1])
                            .statusCode())
                    .as(area)
                    .isEqualTo(201);
        }
        for (String wish : List.of(user.formatted("x", "140525-098", "fire"), user.formatted("x", "1405", "1405"))) {
            assertThat(hub.post("/api/v1/users", wish, "content-type", "application/json", root[0], root[1])
                            .statusCode())
                    .as(wish)
                    .isEqualTo(400);
        }
    }

    @Test
    void findsKindsByWhatTheirTicketsAreCalled() throws Exception {
        assertThat(codes("kinds", "")).containsExactly("fire.smoke", "fire.*", "safety.intrusion");
        assertThat(codes("kinds", "报警")).containsExactly("fire.smoke", "fire.*");
        assertThat(codes("kinds", "intrusion")).containsExactly("safety.intrusion");
    }

    @Test
    void findsCamerasSensorsAndEdgesByNameIdOrPlaceAndThatVeryIdFirst() throws Exception {
        assertThat(codes("sources", "水库")).containsExactly("cam-reservoir-01");
        assertThat(codes("sources", "Fengtai community")).containsExactly("edge-fengtai-01");
        assertThat(codes("sources", "凤台社区"))
                .containsExactly("cam-fire-lane", "smoke-0307", "water-lane-12", "edge-fengtai-01");
        assertThat(codes("sources", "%")).isEmpty();
        assertThat(codes("sources", "_")).isEmpty();
        JsonNode smoke = names("sources", "SMOKE-0307").path("items").path(0);
        assertThat(smoke.path("type").asText()).isEqualTo("sensor");
        assertThat(smoke.at("/name/zh").asText()).isEqualTo("3 号楼 0307 烟感");
        assertThat(smoke.at("/within/en").asText()).isEqualTo("Fengtai · building 3");
        hub.write(town -> hub.database
                .writer()
                .handle()
                .execute("INSERT INTO camera (edge, id, name_zh, name_en, place_zh, place_en, grid, subject) VALUES"
                        + " ('edge-gaodu-01', 'cam-fire-lane', '另一条', 'Another', '', '', '140525', ''),"
                        + " ('edge-gaodu-01', 'cam', '', '', '', '', '140525', '')"));
        assertThat(codes("sources", "cam").getFirst()).isEqualTo("cam");
        assertThat(names("sources", "cam-fire-lane").at("/items/0/name/zh").asText())
                .as("one id on two edges")
                .isEqualTo("消防通道 / 另一条");
    }

    @Test
    void tellsNobodyOfWhatIsBeyondTheirReach() throws Exception {
        String[] fengtai = hub.signedIn("fengtai", Role.DISPATCHER, "", "140502");
        assertThat(codes("areas", "", fengtai)).containsExactly("140502", "140502-010-11");
        assertThat(codes("sources", "", fengtai))
                .containsExactly("cam-fire-lane", "smoke-0307", "water-lane-12", "edge-fengtai-01");
        String[] unit = hub.signedIn("unit", Role.UNIT, "fire");
        assertThat(codes("areas", "", unit)).isEmpty();
        assertThat(codes("sources", "", unit)).isEmpty();
    }

    @Test
    void refusesWhatIsNoQuestion() throws Exception {
        for (String query : List.of("", "?of=tickets", "?of=areas,kinds", "?of=areas&text=%00", "?of=areas&limit=0")) {
            assertThat(hub.get("/api/v1/names" + query).statusCode()).as(query).isEqualTo(400);
        }
    }

    @Test
    void aSilenceSaysWhatPeopleCallWhatItNames() throws Exception {
        JsonNode made = silence("""
                {"kinds": ["fire.smoke.indoor", "fire.smoke", "it.alert"], "areas": ["140502", "140525-099"], "comment": "x",
                 "sources": ["smoke-0307", "cam-new"]}""", 201);
        assertThat(made.path("names")).isEqualTo(JSON.readTree("""
                {"kinds": {"fire.smoke.indoor": {"zh": "火情报警", "en": "Fire"}, "fire.smoke": {"zh": "烟感报警", "en": "Smoke"}},
                 "areas": {"140502": {"zh": "凤台街道", "en": "Fengtai"}, "140525-099": {"zh": "边远网格", "en": "Far grid"}},
                 "sources": {"smoke-0307": {"zh": "3 号楼 0307 烟感", "en": "Smoke detector 0307"}}, "ticket": null}"""));
        JsonNode ticket = silence("{\"ticket\": \"20261121-0001\", \"comment\": \"x\"}", 201);
        assertThat(ticket.at("/names/ticket/zh").asText())
                .isEqualTo(SampleScenes.ALL.get(0).zh());

        silence(
                "{\"sources\": [\"cam-reservoir-01\", \"smoke-0307\"], \"areas\": [\"140502\"], \"comment\": \"y\"}",
                201);
        JsonNode seen = JSON.readTree(
                        hub.get("/api/v1/silences", hub.signedIn("fengtai", Role.DISPATCHER, "", "140502"))
                                .body())
                .path("items");
        assertThat(seen).hasSize(2);
        seen.forEach(one -> assertThat(one.at("/names/sources/cam-reservoir-01").isMissingNode())
                .as("a camera beyond their reach")
                .isTrue());
    }

    @Test
    void aTicketOrAreaThatIsNotThereIsNotSilencedButASourceMayBeBeforeItIsThere() throws Exception {
        JsonNode ticket = silence("{\"ticket\": \"20261121-0999\", \"comment\": \"x\"}", 422);
        assertThat(ticket.path("type").asText()).isEqualTo("urn:fengsui:problem:unknown-reference");
        assertThat(ticket.at("/en/detail").asText()).isEqualTo("ticket: there is no ticket 20261121-0999");
        JsonNode area = silence("{\"areas\": [\"140502\", \"999\", \"998\"], \"comment\": \"x\"}", 422);
        assertThat(area.at("/zh/detail").asText()).startsWith("areas:没有区域 999 998");
        assertThat(JSON.readTree(hub.get("/api/v1/silences").body()).path("items"))
                .isEmpty();
        silence("{\"sources\": [\"cam-that-comes-tomorrow\"], \"comment\": \"安装\"}", 201);

        String[] fengtai = hub.signedIn("fengtai", Role.DISPATCHER, "", "140502");
        for (String matcher : List.of("\"ticket\": \"20261121-0999\"", "\"ticket\": \"20261121-0001\"")) {
            assertThat(hub.post(
                                    "/api/v1/silences",
                                    "{" + matcher + ", \"comment\": \"x\"}",
                                    "content-type",
                                    "application/json",
                                    fengtai[0],
                                    fengtai[1])
                            .statusCode())
                    .as("whether a ticket beyond their reach is there is not theirs to know")
                    .isEqualTo(403);
        }
    }

    private JsonNode silence(String body, int status) throws Exception {
        var answer = hub.post("/api/v1/silences", body, "content-type", "application/json");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body());
    }

    private List<String> codes(String of, String text, String... headers) throws Exception {
        List<String> codes = new ArrayList<>();
        names(of, text, headers)
                .path("items")
                .forEach(item -> codes.add(item.path("code").asText()));
        return codes;
    }

    private JsonNode names(String of, String text, String... headers) throws Exception {
        String path = "/api/v1/names?of=" + of + "&text=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
        return JSON.readTree(hub.get(path, headers).body());
    }
}
