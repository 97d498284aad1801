package io.fengsui.hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpMethod;
import io.fengsui.hub.access.Policy;
import io.fengsui.hub.access.TokenCheck;
import io.fengsui.hub.console.http.Route;
import io.fengsui.hub.grid.place.Area;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.hub.grid.place.AreaLevel;
import io.fengsui.hub.ticket.workflow.Role;
import io.fengsui.protocol.value.Name;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every route of the REST interface, asked by somebody of one town for what is another's. A route with an id that the table
 * does not know fails the build.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignThingsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final String FENGTAI = "140502";
    private static final String TICKET = "20261121-0001";
    private static final String ROUND = "01939a00-0000-7000-8000-000000000901";

    /** What another town has, by the route whose {@code {id}} it is. */
    private static final Map<String, String> FOREIGN = Map.ofEntries(
            Map.entry("/api/v1/tickets/{id}", TICKET),
            Map.entry("/api/v1/tickets/{id}/commands", TICKET),
            Map.entry("/api/v1/tickets/{id}/preview", TICKET),
            Map.entry("/api/v1/tickets/{id}/verdict", TICKET),
            Map.entry("/api/v1/events/{id}", "01939a00-0000-7000-8000-000000000001"),
            Map.entry("/api/v1/evidence/{id}", "0193aaaa-0000-7000-8000-000000000001"),
            Map.entry("/api/v1/deliveries/{id}", "d-foreign"),
            Map.entry("/api/v1/deliveries/{id}/resend", "d-foreign"),
            Map.entry("/api/v1/patrols/{id}", ROUND),
            Map.entry("/api/v1/patrols/{id}/marks", ROUND),
            Map.entry("/api/v1/silences/{id}", "s-foreign"),
            Map.entry("/api/v1/maintenance/{id}", "m-foreign"),
            Map.entry("/api/v1/edges/{id}/replays", "edge-gaodu-01"),
            Map.entry("/api/v1/replays/{id}", "edge-gaodu-01-1"),
            Map.entry("/api/v1/users/{id}", "chief"));

    /** What an answer to a change needs in its body, so that it is not refused for its form. */
    private static final Map<String, String> BODIES = Map.of(
            "/api/v1/tickets/{id}/commands", "{\"command\": \"accept\"}",
            "/api/v1/tickets/{id}/verdict", "{\"verdict\": \"false\"}",
            "/api/v1/patrols/{id}/marks", "{\"camera\": \"cam-a\", \"mark\": \"wrong\", \"note\": \"\"}",
            "/api/v1/edges/{id}/replays", "{\"since\": \"2026-11-21T00:00:00Z\", \"rules\": \"\"}");

    private TestHub hub;
    private String[] fengtai;
    private String[] chief;

    @BeforeAll
    void fill(@TempDir Path folder) throws Exception {
        AreaBook areas = new AreaBook(List.of(
                new Area(FENGTAI, AreaLevel.TOWN, new Name("凤台", "Fengtai"), "", "", null),
                new Area("140502-010-11", AreaLevel.GRID, new Name("三号院", "Courtyard"), FENGTAI, "", null),
                new Area("140525", AreaLevel.TOWN, new Name("高都", "Gaodu"), "", "", null),
                new Area("140525-003-07", AreaLevel.GRID, new Name("水库", "Reservoir"), "140525", "", null)));
        hub = new TestHub(folder, TokenCheck.of("0123456789abcdef"), ConsoleSettings.DEFAULT, 0, areas);
        hub.write(town -> {
            town.fleet(NOW);
            town.ticket(1, SampleScenes.ALL.get(0), "reported", NOW);
            town.ticket(2, SampleScenes.ALL.get(1), "reported", NOW.plusSeconds(1));
            town.ticket(3, SampleScenes.ALL.get(2), "reported", NOW.plusSeconds(2));
            SampleScenes.Scene any = SampleScenes.ALL.getFirst();
            town.event(
                    ROUND,
                    new SampleScenes.Scene(
                            "patrol.round",
                            "夜巡",
                            "Night round",
                            "info",
                            any.source(),
                            "",
                            List.of(),
                            Map.of("patrol", "night", "cameras", "cam-a,cam-b", "sheet-columns", "2"),
                            List.of()),
                    SampleScenes.SPOTS.getFirst(),
                    "edge-gaodu-01",
                    9,
                    NOW.toEpochMilli());
            town.held("i-foreign", SampleScenes.ALL.getFirst(), "MAINTENANCE", NOW, NOW.plusSeconds(3_600));
            hub.database
                    .writer()
                    .handle()
                    .execute("INSERT INTO outbox VALUES ('d-foreign', 'centre', 'hook', '*', '" + TICKET
                            + "', 1, 1, 'now', '[]', 0, 'dead', 1, 0, NULL)");
            hub.database
                    .writer()
                    .handle()
                    .execute(
                            "INSERT INTO silence VALUES ('s-foreign', '', '140525', '', '', 1, 86400000, 'li', 1, NULL,"
                                    + " 'theirs', 'silence')");
            hub.database
                    .writer()
                    .handle()
                    .execute(
                            "INSERT INTO silence VALUES ('m-foreign', 'health.*', '140525', '', '', 1, 86400000, 'li', 1,"
                                    + " NULL, 'theirs', 'maintenance')");
        });
        // Of all that is not an administrator's, so that nothing is refused for the role.
        fengtai = hub.signedIn("fengtai", Role.SUPERVISOR, "", FENGTAI);
        chief = hub.signedIn("chief", Role.ADMIN, "");
    }

    @AfterAll
    void close() {
        hub.close();
    }

    @Test
    void theTableKnowsEveryRouteWithAnId() {
        Set<String> found = hub.routes.stream()
                .map(Route::path)
                .filter(path -> path.contains("{"))
                .collect(Collectors.toSet());
        assertThat(found).isEqualTo(FOREIGN.keySet());
    }

    /** The same answer as of what is not there: nobody learns from it that it is. */
    @Test
    void whatIsAnothersIsAnsweredLikeWhatIsNotThere() throws Exception {
        for (Route route : hub.routes) {
            String id = FOREIGN.get(route.path());
            if (id == null || route.policy() == Policy.ADMIN) {
                continue;
            }
            String what = route.method() + " " + route.path();
            HttpResponse<String> foreign = ask(route, id, fengtai);
            assertThat(foreign.statusCode()).as(what + " " + foreign.body()).isEqualTo(404);
            HttpResponse<String> none = ask(route, id.substring(0, id.length() - 1) + "8", fengtai);
            assertThat(none.statusCode()).as(what + " of nothing").isEqualTo(404);
            assertThat(foreign.body().replace(id, "ID"))
                    .as(what)
                    .isEqualTo(none.body().replace(id.substring(0, id.length() - 1) + "8", "ID"));
        }
    }

    /** Else the test before this one would show nothing. */
    @Test
    void whoeverIsConfinedToNothingIsToldMore() throws Exception {
        for (Route route : hub.routes) {
            String id = FOREIGN.get(route.path());
            if (id != null && route.method() == HttpMethod.GET && !route.path().contains("replays")) {
                assertThat(ask(route, id, chief).statusCode()).as(route.path()).isEqualTo(200);
            }
        }
    }

    @Test
    void noListHoldsAnythingOfAnothers() throws Exception {
        List<String> theirs = List.of(
                TICKET,
                "01939a00-0000-7000-8000-000000000001",
                "0193aaaa-0000-7000-8000-000000000001",
                ROUND,
                "cam-reservoir-01",
                "level-bridge",
                "edge-gaodu-01",
                "edge-bagong-02",
                "d-foreign",
                "s-foreign",
                "i-foreign",
                "140525-003-07",
                "任庄水库");
        int seen = 0;
        for (Route route : hub.routes) {
            boolean isList = route.method() == HttpMethod.GET
                    && route.path().startsWith("/api/v1/")
                    && !route.path().contains("{")
                    && !route.path().endsWith("/stream")
                    && route.policy() != Policy.ADMIN;
            if (isList) {
                String query = switch (route.path()) {
                    case "/api/v1/figures" -> "?by=grid&from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z";
                    case "/api/v1/names" -> "?of=sources";
                    case String other -> "";
                };
                HttpResponse<String> own = hub.get(route.path() + query, fengtai);
                assertThat(own.statusCode()).as(route.path() + own.body()).isEqualTo(200);
                assertThat(own.body()).as(route.path()).doesNotContain(theirs);
                String all = hub.get(route.path() + query, chief).body();
                seen += theirs.stream().anyMatch(all::contains) ? 1 : 0;
            }
        }
        assertThat(seen)
                .as("lists that hold something of another's for the chief")
                .isGreaterThan(7);
    }

    private HttpResponse<String> ask(Route route, String id, String[] session) throws Exception {
        String path = route.path().replace("{id}", id);
        return hub.send(
                route.method().name(),
                path,
                BODIES.getOrDefault(route.path(), ""),
                session[0],
                session[1],
                "content-type",
                "application/json",
                "if-match",
                "\"1\"");
    }
}
