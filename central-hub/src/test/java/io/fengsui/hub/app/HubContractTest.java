package io.fengsui.hub.app;

import static io.fengsui.hub.app.WrittenRoutes.keyed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.hub.config.HubSettings;
import io.fengsui.settings.Secret;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every changing route of a whole hub answers as the OpenAPI text says: a success of the written shape, and each of the
 * written problems with its status and type, and no other.
 */
class HubContractTest extends ToldTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String PASSWORD = "晋城-beacon-17";
    private static final String LI = "{\"name\": \"li\", \"role\": \"dispatcher\", \"password\": \"" + PASSWORD + "\"}";
    private static final String REPORT = "{\"kind\": \"fire.smoke\", \"text\": \"浓烟\"}";
    private static final String SILENCE =
            "{\"kinds\": [\"fire.*\"], \"until\": \"2026-11-24T00:00:00Z\", \"comment\": \"演练\"}";
    private static final String WORK = SILENCE.replace("fire.*", "health.*");
    private static final String ALERTS = """
            {"version": "4", "alerts": [{"status": "firing", "fingerprint": "ab12", "startsAt": "2026-11-23T00:00:00Z",
              "labels": {"alertname": "DiskFull"}, "annotations": {"summary": "disk"}}]}""";
    /** These want an edge that has recorded or patrolled: {@code ReplaysRestTest} and {@code HubPatrolTest} have them. */
    private static final Set<String> OF_AN_EDGE =
            Set.of("POST /api/v1/edges/{id}/replays", "POST /api/v1/patrols/{id}/marks");
    /** What cannot be brought about from outside at will. */
    private static final Set<String> NOT_AT_WILL = Set.of("fault", "busy", "key-under-way");

    private Timeline day;
    private WrittenRoutes routes;
    private String[] viewer = {};

    @Override
    HubSettings settings(Path data) {
        return TestTown.settings(data, null, null, Secret.of(TOKEN));
    }

    @BeforeEach
    void start() throws Exception {
        Files.writeString(folder.resolve("codes.csv"), "code,level,name,parent\n140502,city,晋城,\n");
        day = day("- {id: centre, channels: [hook], on: [opened]}", "places: [codes.csv]");
        routes = new WrittenRoutes("http://127.0.0.1:" + day.town.hub.port(), TOKEN);
    }

    @AfterEach
    void stop() {
        routes.close();
        day.close();
    }

    @Test
    void everyChangingRouteAnswersAsItIsWritten() throws Exception {
        people();
        tickets();
        silencesAndReports();
        List<String> changing = routes.changing();
        for (String operation : changing) {
            ofAnyKind(operation);
        }
        for (String operation : changing) {
            if (OF_AN_EDGE.contains(operation)) {
                continue;
            }
            Set<String> written = routes.problems(operation);
            written.removeAll(NOT_AT_WILL);
            if (operation.endsWith("/me/password")) {
                written.remove("key-reused"); // its answer carries a cookie and is not kept: only while it is under way
            }
            assertThat(routes.seen(operation)).as(operation).containsAll(written);
            assertThat(routes.seen(operation)).as(operation).contains("success");
        }
        assertThat(changing).hasSizeGreaterThan(12);
    }

    private void people() throws Exception {
        String code = day.town.hub.reception().setUp().make(day.town.time.wall());
        String chief = "{\"code\": \"%s\", \"name\": \"chief\", \"password\": \"%s\"}";
        routes.ask("POST", "/api/v1/setup", chief.formatted("0000-0000-0000-0000", PASSWORD), "401 token-needed");
        routes.ask("POST", "/api/v1/setup", chief.formatted(code, "short"), "400 bad-body");
        routes.ask("POST", "/api/v1/setup", chief.formatted(code, PASSWORD), "201");
        routes.ask("POST", "/api/v1/setup", chief.formatted(code, PASSWORD), "410 gone");

        routes.ask("POST", "/api/v1/users", "{}", "400 bad-body");
        routes.ask("POST", "/api/v1/users", LI, "201");
        routes.ask("POST", "/api/v1/users", LI, "409 step-not-allowed");
        routes.ask("POST", "/api/v1/users", LI.replace("\"li\"", "\"eye\"").replace("dispatcher", "viewer"), "201");
        viewer = session("eye");
        routes.ask("PATCH", "/api/v1/users/li", "{\"role\": \"supervisor\"}", "200");
        routes.ask("PATCH", "/api/v1/users/li", "{\"shoe\": 43}", "400 bad-body");
        routes.ask("PATCH", "/api/v1/users/chief", "{\"disabled\": true}", "409 step-not-allowed");
        routes.ask("PATCH", "/api/v1/users/nobody", "{}", "404 not-found");

        String own = "{\"current\": \"%s\", \"password\": \"another-word-98\"}";
        routes.ask(
                "POST", "/api/v1/me/password", own.formatted("wrong-word-12"), "403 not-allowed-here", session("li"));
        routes.ask("POST", "/api/v1/me/password", "{\"password\": \"short\"}", "400 bad-body", session("li"));
        String[] li = session("li");
        routes.ask("POST", "/api/v1/me/password", own.formatted(PASSWORD), "204", li);
        for (int i = 0; i < 5; i++) {
            routes.ask("POST", "/api/v1/me/password", own.formatted("wrong-word-" + i), "403 not-allowed-here", viewer);
        }
        routes.ask("POST", "/api/v1/me/password", own.formatted(PASSWORD), "429 too-many", viewer);
    }

    private void tickets() throws Exception {
        day.at("09:00").event("fire.smoke", "smoke").until("09:00");
        awaitMessage("delivered", 1);
        receiver.answer(500);
        day.at("09:00:01").event("fire.smoke", "second").until("09:00:01");
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            day.town.hub.tick();
            return day.town.count("SELECT COUNT(*) FROM delivery_try WHERE outcome <> 'delivered'") == 1;
        });
        String ticket = "/api/v1/tickets/" + day.ticket("smoke");
        String[] newest = {"if-match", "\"" + day.town.one(Long.class, version("smoke")) + "\""};
        routes.ask("POST", ticket + "/commands", "{\"command\": \"accept\"}", "428 version-needed");
        routes.ask("POST", ticket + "/commands", "{\"command\": \"accept\"}", "400 bad-parameter", "if-match", "x");
        routes.ask(
                "POST",
                ticket + "/commands",
                "{\"command\": \"accept\"}",
                "412 version-mismatch",
                "if-match",
                "\"999\"");
        routes.ask("POST", ticket + "/commands", "{\"command\": 5}", "400 bad-body", newest);
        routes.ask("POST", ticket + "/commands", "{\"command\": \"close\"}", "409 step-not-allowed", newest);
        routes.ask("POST", ticket + "/commands", "{\"command\": \"void\"}", "422 something-missing", newest);
        routes.ask("POST", "/api/v1/tickets/none/commands", "{\"command\": \"accept\"}", "404 not-found", newest);
        routes.ask("POST", ticket + "/commands", "{\"command\": \"accept\"}", "200", keyed(newest, "k-accept"));
        HttpResponse<String> again =
                routes.ask("POST", ticket + "/commands", "{\"command\": \"accept\"}", "200", keyed(newest, "k-accept"));
        assertThat(again.headers().firstValue("idempotency-replayed")).hasValue("true");
        assertThat(again.headers().firstValue("etag")).isPresent();
        routes.ask(
                "POST", ticket + "/commands", "{\"command\": \"void\"}", "422 key-reused", keyed(newest, "k-accept"));

        routes.ask("POST", ticket + "/verdict", "{\"verdict\": \"true\"}", "200", keyed(new String[0], "k-verdict"));
        routes.ask(
                "POST",
                ticket + "/verdict",
                "{\"verdict\": \"test\"}",
                "422 key-reused",
                keyed(new String[0], "k-verdict"));
        routes.ask("POST", ticket + "/verdict", "{\"verdict\": \"maybe\"}", "400 bad-body");
        routes.ask("POST", "/api/v1/tickets/none/verdict", "{\"verdict\": \"true\"}", "404 not-found");

        String done = "/api/v1/deliveries/" + message("delivered") + "/resend";
        routes.ask("POST", "/api/v1/deliveries/" + message("waiting") + "/resend", "", "409 step-not-allowed");
        routes.ask("POST", "/api/v1/deliveries/none/resend", "", "404 not-found");
        routes.ask("POST", done, "", "200", keyed(new String[0], "k-resend"));
        routes.ask("POST", done + "?", "{}", "422 key-reused", keyed(new String[0], "k-resend"));
    }

    private void works() throws Exception {
        String works = "/api/v1/maintenance";
        for (String bad : new String[] {
            "{\"ticket\": \"none\", \"comment\": \"x\"}",
            "{\"areas\": [\"140502\"], \"comment\": \"x\"}",
            SILENCE,
            "{\"kinds\": [\"health.*\"], \"comment\": \"\"}",
            "{\"kinds\": [\"health.*\"], \"comment\": \"x\", \"until\": \"2027-01-01T00:00:00Z\"}"
        }) {
            routes.ask("POST", works, bad, "400 bad-body");
        }
        routes.ask(
                "POST",
                works,
                "{\"kinds\": [\"health.*\"], \"areas\": [\"none\"], \"comment\": \"x\"}",
                "422 unknown-reference");
        HttpResponse<String> one = routes.ask("POST", works, WORK, "201", keyed(new String[0], "k-work"));
        assertThat(routes.ask("POST", works, WORK, "201", keyed(new String[0], "k-work"))
                        .body())
                .isEqualTo(one.body());
        routes.ask("POST", works, WORK + " ", "422 key-reused", keyed(new String[0], "k-work"));
        String id = JSON.readTree(one.body()).path("id").asText();
        routes.ask("DELETE", "/api/v1/silences/" + id, "", "404 not-found");
        routes.ask("DELETE", works + "/" + id, "", "200", keyed(new String[0], "k-work-end"));
        routes.ask("DELETE", works + "/" + id, "x", "422 key-reused", keyed(new String[0], "k-work-end"));
        routes.ask("DELETE", works + "/none", "", "404 not-found");
    }

    private void silencesAndReports() throws Exception {
        routes.ask("POST", "/api/v1/silences", "{\"kinds\": \"fire.*\"}", "400 bad-body");
        routes.ask("POST", "/api/v1/silences", "{\"ticket\": \"none\", \"comment\": \"x\"}", "422 unknown-reference");
        HttpResponse<String> one = routes.ask("POST", "/api/v1/silences", SILENCE, "201", keyed(new String[0], "k-1"));
        HttpResponse<String> same =
                routes.ask("POST", "/api/v1/silences", SILENCE, "201", keyed(new String[0], "\"k-1\""));
        assertThat(same.body()).isEqualTo(one.body());
        assertThat(day.town.count("SELECT COUNT(*) FROM silence")).isOne();
        routes.ask("POST", "/api/v1/silences", SILENCE + " ", "422 key-reused", keyed(new String[0], "k-1"));
        routes.ask(
                "POST",
                "/api/v1/silences",
                SILENCE,
                "201",
                session("chief")[0],
                session("chief")[1],
                "idempotency-key",
                "k-1");
        assertThat(day.town.count("SELECT COUNT(*) FROM silence"))
                .as("a key is its sender's own")
                .isEqualTo(2);
        String silence =
                "/api/v1/silences/" + JSON.readTree(one.body()).path("id").asText();
        routes.ask("DELETE", silence, "", "200", keyed(new String[0], "k-end"));
        routes.ask("DELETE", silence, "", "200", keyed(new String[0], "k-end"));
        routes.ask("DELETE", silence, "x", "422 key-reused", keyed(new String[0], "k-end"));
        routes.ask("DELETE", "/api/v1/silences/none", "", "404 not-found");
        works();

        routes.ask("POST", "/api/v1/reports", "{}", "400 bad-body");
        routes.ask("POST", "/api/v1/reports", REPORT, "202", keyed(new String[0], "k-report"));
        routes.ask("POST", "/api/v1/reports", REPORT, "202", keyed(new String[0], "k-report"));
        routes.ask(
                "POST",
                "/api/v1/reports",
                REPORT.replace("浓", "白"),
                "422 key-reused",
                keyed(new String[0], "k-report"));
        routes.ask("POST", "/api/v1/alertmanager", "{\"alerts\": 3}", "400 bad-body");
        routes.ask("POST", "/api/v1/alertmanager", ALERTS, "202", keyed(new String[0], "k-alerts"));
        routes.ask("POST", "/api/v1/alertmanager", ALERTS + " ", "422 key-reused", keyed(new String[0], "k-alerts"));
        routes.ask("POST", "/api/v1/users", LI.replace("\"li\"", "\"wang\""), "201", keyed(new String[0], "k-user"));
        routes.ask(
                "POST",
                "/api/v1/users",
                LI.replace("\"li\"", "\"zhao\""),
                "422 key-reused",
                keyed(new String[0], "k-user"));
        routes.ask("PATCH", "/api/v1/users/wang", "{}", "200", keyed(new String[0], "k-change"));
        routes.ask("PATCH", "/api/v1/users/wang", "{ }", "422 key-reused", keyed(new String[0], "k-change"));
    }

    /** What every changing route says of its sender and form, before it looks at what is asked. */
    private void ofAnyKind(String operation) throws Exception {
        String method = operation.substring(0, operation.indexOf(' '));
        String path = operation.substring(operation.indexOf(' ') + 1).replace("{id}", "none");
        boolean isForStrangers = routes.operation(operation).path("security").isArray();
        Set<String> written = routes.problems(operation);
        String[] match = {"if-match", "\"1\""};
        if (!isForStrangers) {
            routes.ask(method, path, "{}", "401 token-needed", "authorization", "Bearer " + "x".repeat(32));
            routes.ask(method, path, "{}", "400 bad-parameter", "idempotency-key", "two words", "if-match", "\"1\"");
        }
        routes.ask(method, path, "{}", "403 not-allowed-here", "origin", "http://evil.example");
        routes.ask(method, path + "?surprise=1", "{}", "400 bad-parameter", match);
        if (!OF_AN_EDGE.contains(operation)) {
            routes.ask(method, path, "{\"x\": \"" + "x".repeat(20_000) + "\"}", "413 too-large", match);
        }
        if (written.contains("media-type") && !OF_AN_EDGE.contains(operation)) {
            routes.ask(method, path, "{}", "415 media-type", "if-match", "\"1\"", "content-type", "text/plain");
        }
        if (written.contains("role-not-allowed")) {
            routes.ask(method, path, "{}", "403 role-not-allowed", viewer);
        }
    }

    private String[] session(String name) throws Exception {
        return routes.session(name, PASSWORD);
    }

    private String version(String key) {
        return "SELECT version FROM ticket WHERE id = '" + day.ticket(key) + "'";
    }

    private String message(String state) {
        return day.town.one(String.class, "SELECT MIN(id) FROM outbox WHERE state = '" + state + "'");
    }

    private void awaitMessage(String state, int count) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            day.town.hub.tick();
            return day.town.count("SELECT COUNT(*) FROM outbox WHERE state = '" + state + "'") == count;
        });
    }

    @Test
    void aKeyIsForgottenWithTheRightsUnderWhichItWasUsed() throws Exception {
        String code = day.town.hub.reception().setUp().make(day.town.time.wall());
        String chief = "{\"code\": \"" + code + "\", \"name\": \"chief\", \"password\": \"" + PASSWORD + "\"}";
        routes.ask("POST", "/api/v1/setup", chief, "201");
        routes.ask("POST", "/api/v1/users", LI, "201");
        String[] before = session("li");
        routes.ask("POST", "/api/v1/reports", REPORT, "202", keyed(before, "k"));
        routes.ask("PATCH", "/api/v1/users/li", "{\"areas\": [\"140502\"]}", "200");

        routes.ask("POST", "/api/v1/reports", REPORT, "403 role-not-allowed", keyed(session("li"), "k"));
    }
}
