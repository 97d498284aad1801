package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.fengsui.hub.config.HubSettings;
import io.fengsui.settings.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
    private static final String ALERTS = """
            {"version": "4", "alerts": [{"status": "firing", "fingerprint": "ab12", "startsAt": "2026-11-23T00:00:00Z",
              "labels": {"alertname": "DiskFull"}, "annotations": {"summary": "disk"}}]}""";
    /** These want an edge that has recorded or patrolled: {@code ReplaysRestTest} and {@code HubPatrolTest} have them. */
    private static final Set<String> OF_AN_EDGE =
            Set.of("POST /api/v1/edges/{id}/replays", "POST /api/v1/patrols/{id}/marks");
    /** What cannot be brought about from outside at will. */
    private static final Set<String> NOT_AT_WILL = Set.of("fault", "busy", "key-under-way");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Set<String>> seen = new TreeMap<>();
    private Timeline day;
    private JsonNode text;
    private String[] viewer = {};

    @Override
    HubSettings settings(Path data) {
        return TestTown.settings(data, null, null, Secret.of(TOKEN));
    }

    @BeforeEach
    void start() throws Exception {
        day = day("- {id: centre, channels: [hook], on: [opened]}", "");
        text = new ObjectMapper(new YAMLFactory())
                .readTree(send("GET", "/api/openapi.yaml", "").body());
    }

    @AfterEach
    void stop() {
        client.close();
        day.close();
    }

    @Test
    void everyChangingRouteAnswersAsItIsWritten() throws Exception {
        people();
        tickets();
        silencesAndReports();
        List<String> changing = changing();
        for (String operation : changing) {
            ofAnyKind(operation);
        }
        for (String operation : changing) {
            if (OF_AN_EDGE.contains(operation)) {
                continue;
            }
            Set<String> written = new TreeSet<>();
            operation(operation).path("x-problems").forEach(type -> written.add(type.asText()));
            written.removeAll(NOT_AT_WILL);
            if (operation.endsWith("/me/password")) {
                written.remove("key-reused"); // its answer carries a cookie and is not kept: only while it is under way
            }
            assertThat(seen.getOrDefault(operation, Set.of())).as(operation).containsAll(written);
            assertThat(seen.getOrDefault(operation, Set.of())).as(operation).contains("success");
        }
        assertThat(changing).hasSizeGreaterThan(12);
    }

    private void people() throws Exception {
        String code = day.town.hub.reception().setUp().make(day.town.time.wall());
        String chief = "{\"code\": \"%s\", \"name\": \"chief\", \"password\": \"%s\"}";
        ask("POST", "/api/v1/setup", chief.formatted("0000-0000-0000-0000", PASSWORD), "401 token-needed");
        ask("POST", "/api/v1/setup", chief.formatted(code, "short"), "400 bad-body");
        ask("POST", "/api/v1/setup", chief.formatted(code, PASSWORD), "201");
        ask("POST", "/api/v1/setup", chief.formatted(code, PASSWORD), "410 gone");

        ask("POST", "/api/v1/users", "{}", "400 bad-body");
        ask("POST", "/api/v1/users", LI, "201");
        ask("POST", "/api/v1/users", LI, "409 step-not-allowed");
        ask("POST", "/api/v1/users", LI.replace("\"li\"", "\"eye\"").replace("dispatcher", "viewer"), "201");
        viewer = session("eye");
        ask("PATCH", "/api/v1/users/li", "{\"role\": \"supervisor\"}", "200");
        ask("PATCH", "/api/v1/users/li", "{\"shoe\": 43}", "400 bad-body");
        ask("PATCH", "/api/v1/users/chief", "{\"disabled\": true}", "409 step-not-allowed");
        ask("PATCH", "/api/v1/users/nobody", "{}", "404 not-found");

        String own = "{\"current\": \"%s\", \"password\": \"another-word-98\"}";
        ask("POST", "/api/v1/me/password", own.formatted("wrong-word-12"), "403 not-allowed-here", session("li"));
        ask("POST", "/api/v1/me/password", "{\"password\": \"short\"}", "400 bad-body", session("li"));
        String[] li = session("li");
        ask("POST", "/api/v1/me/password", own.formatted(PASSWORD), "204", li);
        for (int i = 0; i < 5; i++) {
            ask("POST", "/api/v1/me/password", own.formatted("wrong-word-" + i), "403 not-allowed-here", viewer);
        }
        ask("POST", "/api/v1/me/password", own.formatted(PASSWORD), "429 too-many", viewer);
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
        ask("POST", ticket + "/commands", "{\"command\": \"accept\"}", "428 version-needed");
        ask("POST", ticket + "/commands", "{\"command\": \"accept\"}", "400 bad-parameter", "if-match", "x");
        ask("POST", ticket + "/commands", "{\"command\": \"accept\"}", "412 version-mismatch", "if-match", "\"999\"");
        ask("POST", ticket + "/commands", "{\"command\": 5}", "400 bad-body", newest);
        ask("POST", ticket + "/commands", "{\"command\": \"close\"}", "409 step-not-allowed", newest);
        ask("POST", ticket + "/commands", "{\"command\": \"void\"}", "422 something-missing", newest);
        ask("POST", "/api/v1/tickets/none/commands", "{\"command\": \"accept\"}", "404 not-found", newest);
        ask("POST", ticket + "/commands", "{\"command\": \"accept\"}", "200", keyed(newest, "k-accept"));
        HttpResponse<String> again =
                ask("POST", ticket + "/commands", "{\"command\": \"accept\"}", "200", keyed(newest, "k-accept"));
        assertThat(again.headers().firstValue("idempotency-replayed")).hasValue("true");
        assertThat(again.headers().firstValue("etag")).isPresent();
        ask("POST", ticket + "/commands", "{\"command\": \"void\"}", "422 key-reused", keyed(newest, "k-accept"));

        ask("POST", ticket + "/verdict", "{\"verdict\": \"true\"}", "200", keyed(new String[0], "k-verdict"));
        ask(
                "POST",
                ticket + "/verdict",
                "{\"verdict\": \"test\"}",
                "422 key-reused",
                keyed(new String[0], "k-verdict"));
        ask("POST", ticket + "/verdict", "{\"verdict\": \"maybe\"}", "400 bad-body");
        ask("POST", "/api/v1/tickets/none/verdict", "{\"verdict\": \"true\"}", "404 not-found");

        String done = "/api/v1/deliveries/" + message("delivered") + "/resend";
        ask("POST", "/api/v1/deliveries/" + message("waiting") + "/resend", "", "409 step-not-allowed");
        ask("POST", "/api/v1/deliveries/none/resend", "", "404 not-found");
        ask("POST", done, "", "200", keyed(new String[0], "k-resend"));
        ask("POST", done + "?", "{}", "422 key-reused", keyed(new String[0], "k-resend"));
    }

    private void silencesAndReports() throws Exception {
        ask("POST", "/api/v1/silences", "{\"kinds\": \"fire.*\"}", "400 bad-body");
        HttpResponse<String> one = ask("POST", "/api/v1/silences", SILENCE, "201", keyed(new String[0], "k-1"));
        HttpResponse<String> same = ask("POST", "/api/v1/silences", SILENCE, "201", keyed(new String[0], "\"k-1\""));
        assertThat(same.body()).isEqualTo(one.body());
        assertThat(day.town.count("SELECT COUNT(*) FROM silence")).isOne();
        ask("POST", "/api/v1/silences", SILENCE + " ", "422 key-reused", keyed(new String[0], "k-1"));
        ask(
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
        ask("DELETE", silence, "", "200", keyed(new String[0], "k-end"));
        ask("DELETE", silence, "", "200", keyed(new String[0], "k-end"));
        ask("DELETE", silence, "x", "422 key-reused", keyed(new String[0], "k-end"));
        ask("DELETE", "/api/v1/silences/none", "", "404 not-found");

        ask("POST", "/api/v1/reports", "{}", "400 bad-body");
        ask("POST", "/api/v1/reports", REPORT, "202", keyed(new String[0], "k-report"));
        ask("POST", "/api/v1/reports", REPORT, "202", keyed(new String[0], "k-report"));
        ask("POST", "/api/v1/reports", REPORT.replace("浓", "白"), "422 key-reused", keyed(new String[0], "k-report"));
        ask("POST", "/api/v1/alertmanager", "{\"alerts\": 3}", "400 bad-body");
        ask("POST", "/api/v1/alertmanager", ALERTS, "202", keyed(new String[0], "k-alerts"));
        ask("POST", "/api/v1/alertmanager", ALERTS + " ", "422 key-reused", keyed(new String[0], "k-alerts"));
        ask("POST", "/api/v1/users", LI.replace("\"li\"", "\"wang\""), "201", keyed(new String[0], "k-user"));
        ask(
                "POST",
                "/api/v1/users",
                LI.replace("\"li\"", "\"zhao\""),
                "422 key-reused",
                keyed(new String[0], "k-user"));
        ask("PATCH", "/api/v1/users/wang", "{}", "200", keyed(new String[0], "k-change"));
        ask("PATCH", "/api/v1/users/wang", "{ }", "422 key-reused", keyed(new String[0], "k-change"));
    }

    /** What every changing route says of its sender and form, before it looks at what is asked. */
    private void ofAnyKind(String operation) throws Exception {
        String method = operation.substring(0, operation.indexOf(' '));
        String path = operation.substring(operation.indexOf(' ') + 1).replace("{id}", "none");
        boolean isForStrangers = operation(operation).path("security").isArray();
        Set<String> written = new TreeSet<>();
        operation(operation).path("x-problems").forEach(type -> written.add(type.asText()));
        String[] match = {"if-match", "\"1\""};
        if (!isForStrangers) {
            ask(method, path, "{}", "401 token-needed", "authorization", "Bearer " + "x".repeat(32));
            ask(method, path, "{}", "400 bad-parameter", "idempotency-key", "two words", "if-match", "\"1\"");
        }
        ask(method, path, "{}", "403 not-allowed-here", "origin", "http://evil.example");
        ask(method, path + "?surprise=1", "{}", "400 bad-parameter", match);
        if (!OF_AN_EDGE.contains(operation)) {
            ask(method, path, "{\"x\": \"" + "x".repeat(20_000) + "\"}", "413 too-large", match);
        }
        if (written.contains("media-type") && !OF_AN_EDGE.contains(operation)) {
            ask(method, path, "{}", "415 media-type", "if-match", "\"1\"", "content-type", "text/plain");
        }
        if (written.contains("role-not-allowed")) {
            ask(method, path, "{}", "403 role-not-allowed", viewer);
        }
    }

    /** Sends it, and compares with what was expected and with what is written. */
    private HttpResponse<String> ask(String method, String path, String body, String expected, String... headers)
            throws Exception {
        HttpResponse<String> answer = send(method, path, body, headers);
        String operation = operationOf(method, path);
        String what = method + " " + path + " " + body + " -> " + answer.statusCode() + " " + answer.body();
        JsonNode written = operation(operation).path("responses").path(Integer.toString(answer.statusCode()));
        assertThat(written.isObject()).as("not written: " + what).isTrue();
        if (answer.statusCode() < 300) {
            assertThat(Integer.toString(answer.statusCode())).as(what).isEqualTo(expected);
            JsonNode schema = written.path("content").path("application/json").path("schema");
            if (schema.isObject()) {
                assertThat(faults((ObjectNode) schema.deepCopy(), answer.body()))
                        .as(what)
                        .isEmpty();
            }
            note(operation, "success");
            return answer;
        }
        JsonNode problem = JSON.readTree(answer.body());
        String type = problem.path("type").asText().replace("urn:fengsui:problem:", "");
        assertThat(answer.statusCode() + " " + type).as(what).isEqualTo(expected);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json; charset=utf-8");
        assertThat(faults(JSON.createObjectNode().put("$ref", "#/components/schemas/Problem"), answer.body()))
                .as(what)
                .isEmpty();
        List<String> types = new ArrayList<>();
        operation(operation).path("x-problems").forEach(one -> types.add(one.asText()));
        assertThat(types).as(what).contains(type);
        note(operation, type);
        return answer;
    }

    private List<String> faults(ObjectNode schema, String body) {
        schema.set("components", text.path("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema.toString(), InputFormat.JSON)
                .validate(body, InputFormat.JSON)
                .stream()
                .map(Object::toString)
                .toList();
    }

    private void note(String operation, String what) {
        seen.computeIfAbsent(operation, key -> new TreeSet<>()).add(what);
    }

    private List<String> changing() {
        List<String> all = new ArrayList<>();
        text.path("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (!method.equals("get")) {
                        all.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                    }
                }));
        return all;
    }

    private JsonNode operation(String operation) {
        String[] parts = operation.split(" ", 2);
        return text.path("paths").path(parts[1]).path(parts[0].toLowerCase(Locale.ROOT));
    }

    private String operationOf(String method, String path) {
        String plain = path.replaceAll("\\?.*", "");
        return changing().stream()
                .filter(one -> one.startsWith(method + " "))
                .filter(one -> plain.matches(one.substring(method.length() + 1).replace("{id}", "[^/]+")))
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + day.town.hub.port() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        Map<String, String> all = new TreeMap<>(Map.of("content-type", "application/json"));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        if (!all.containsKey("cookie")) {
            all.putIfAbsent("authorization", "Bearer " + TOKEN);
        }
        all.forEach(request::setHeader);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String[] session(String name) throws Exception {
        String form = "user=" + name + "&password=" + URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8);
        String cookie = send("POST", "/login", form, "content-type", "application/x-www-form-urlencoded")
                .headers()
                .firstValue("set-cookie")
                .orElseThrow();
        return new String[] {"cookie", cookie.substring(0, cookie.indexOf(';'))};
    }

    private static String[] keyed(String[] headers, String key) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("idempotency-key", key));
        return all.toArray(String[]::new);
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
        ask("POST", "/api/v1/setup", chief, "201");
        ask("POST", "/api/v1/users", LI, "201");
        String[] before = session("li");
        ask("POST", "/api/v1/reports", REPORT, "202", keyed(before, "k"));
        ask("PATCH", "/api/v1/users/li", "{\"areas\": [\"140502\"]}", "200");

        ask("POST", "/api/v1/reports", REPORT, "403 role-not-allowed", keyed(session("li"), "k"));
    }
}
