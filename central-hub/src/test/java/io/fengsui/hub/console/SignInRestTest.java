package io.fengsui.hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.hub.access.TokenCheck;
import io.fengsui.hub.access.user.Reach;
import io.fengsui.hub.store.query.TicketQueries;
import io.fengsui.hub.ticket.workflow.Role;
import io.fengsui.runtime.TimeSource;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the set-up code to the audit, as people go through it. */
class SignInRestTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String[] BEARER = {"authorization", "Bearer " + TOKEN, "content-type", "application/json"};
    private static final String PASSWORD = "晋城-beacon-17";
    private static final TicketQueries.Filter EVERYTHING = new TicketQueries.Filter(
            Reach.EVERYWHERE, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), false, null);

    @TempDir
    private Path folder;

    private TestHub hub;

    @BeforeEach
    void open() throws Exception {
        hub = new TestHub(folder, TokenCheck.of(TOKEN), ConsoleSettings.DEFAULT, 0);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void theFirstAdminIsMadeWithTheCodeAndOnlyOnce() throws Exception {
        String code = hub.reception.setUp().make(TimeSource.system().wall());
        assertThat(hub.get("/", "accept", "text/html").headers().firstValue("location"))
                .hasValue("/setup");
        assertThat(setUp("0000-0000-0000-0000", PASSWORD).statusCode()).isEqualTo(401);
        assertThat(setUp(code, "short").statusCode()).isEqualTo(400);
        assertThat(setUp(code, PASSWORD).statusCode()).isEqualTo(201);
        assertThat(setUp(code, PASSWORD).statusCode()).isEqualTo(410);
        assertThat(hub.get("/", "accept", "text/html").headers().firstValue("location"))
                .hasValue("/login");

        String session = signIn("chief", PASSWORD);
        JsonNode me = JSON.readTree(hub.get("/api/v1/me", "cookie", session).body());
        assertThat(me.path("role").asText()).isEqualTo("admin");
        assertThat(me.path("may").toString()).contains("\"admin\"").contains("\"dispatch\"");
    }

    @Test
    void aSignInOpensASessionThatIsNotForScriptsAndEndsWithTheSignOut() throws Exception {
        create("li", "dispatcher", "");
        HttpResponse<String> wrong = login("li", "not the password");
        assertThat(wrong.headers().firstValue("location")).hasValue("/login?wrong");
        assertThat(wrong.headers().firstValue("set-cookie")).isEmpty();

        HttpResponse<String> right = login("li", PASSWORD);
        String cookie = right.headers().firstValue("set-cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict").contains("Path=/");
        String session = cookie.substring(0, cookie.indexOf(';'));
        assertThat(hub.get("/api/v1/tickets", "cookie", session).statusCode()).isEqualTo(200);

        hub.post("/logout", "", "cookie", session);
        assertThat(hub.get("/api/v1/tickets", "cookie", session).statusCode()).isEqualTo(401);
    }

    @Test
    void sessionsOutliveTheHub() throws Exception {
        create("li", "dispatcher", "");
        String session = signIn("li", PASSWORD);
        hub.close();
        hub = new TestHub(folder, TokenCheck.of(TOKEN), ConsoleSettings.DEFAULT, 0);

        assertThat(hub.get("/api/v1/me", "cookie", session).statusCode()).isEqualTo(200);
    }

    @Test
    void aChangeOfRoleOrPasswordEndsEverySession() throws Exception {
        create("li", "dispatcher", "");
        String session = signIn("li", PASSWORD);
        assertThat(change("li", "{\"role\": \"viewer\"}").statusCode()).isEqualTo(200);
        assertThat(hub.get("/api/v1/me", "cookie", session).statusCode()).isEqualTo(401);

        session = signIn("li", PASSWORD);
        HttpResponse<String> own = hub.post(
                "/api/v1/me/password",
                "{\"current\": \"" + PASSWORD + "\", \"password\": \"another-word-98\"}",
                "cookie",
                session,
                "content-type",
                "application/json");
        assertThat(own.statusCode()).isEqualTo(204);
        assertThat(hub.get("/api/v1/me", "cookie", session).statusCode()).isEqualTo(401);
        String fresh = own.headers().firstValue("set-cookie").orElseThrow();
        assertThat(hub.get("/api/v1/me", "cookie", fresh.substring(0, fresh.indexOf(';')))
                        .statusCode())
                .isEqualTo(200);
        assertThat(login("li", PASSWORD).headers().firstValue("location")).hasValue("/login?wrong");

        assertThat(change("li", "{\"disabled\": true}").statusCode()).isEqualTo(200);
        assertThat(login("li", "another-word-98").headers().firstValue("location"))
                .hasValue("/login?wrong");
    }

    @Test
    void theLastAdminStaysOne() throws Exception {
        create("chief", "admin", "");
        assertThat(change("chief", "{\"disabled\": true}").statusCode()).isEqualTo(409);
        assertThat(change("chief", "{\"role\": \"viewer\"}").statusCode()).isEqualTo(409);
        create("second", "admin", "");
        assertThat(change("chief", "{\"role\": \"viewer\"}").statusCode()).isEqualTo(200);
    }

    @Test
    void guessingIsAnsweredWithAPause() throws Exception {
        create("li", "dispatcher", "");
        for (int i = 0; i < 5; i++) {
            login("li", "wrong word number " + i);
        }
        HttpResponse<String> answer = login("li", PASSWORD);
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("retry-after")).hasValue("1");
    }

    @Test
    void guessingOnesOwnPasswordIsAsSlowAsGuessingAtTheSignIn() throws Exception {
        create("li", "dispatcher", "");
        String session = signIn("li", PASSWORD);
        for (int i = 0; i < 5; i++) {
            assertThat(ownPassword(session, "wrong word number " + i).statusCode())
                    .isEqualTo(403);
        }
        assertThat(ownPassword(session, PASSWORD).statusCode()).isEqualTo(429);
        assertThat(hub.get("/api/v1/me", "cookie", session).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> ownPassword(String session, String current) throws Exception {
        String body = "{\"current\": \"" + current + "\", \"password\": \"another-word-98\"}";
        return hub.post("/api/v1/me/password", body, "cookie", session, "content-type", "application/json");
    }

    @Test
    void signingInAgainEndsTheSessionThatTheBrowserHad() throws Exception {
        create("li", "dispatcher", "");
        String before = signIn("li", PASSWORD);
        String body = "user=li&password=" + URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8);
        HttpResponse<String> again =
                hub.post("/login", body, "cookie", before, "content-type", "application/x-www-form-urlencoded");

        assertThat(again.headers().firstValue("set-cookie").orElseThrow()).doesNotContain(before);
        assertThat(hub.get("/api/v1/me", "cookie", before).statusCode()).isEqualTo(401);
    }

    @Test
    void aCodeThatAWeakPasswordCameWithIsStillGood() throws Exception {
        String code = hub.reception.setUp().make(TimeSource.system().wall());
        assertThat(setUp(code, "1234567890").statusCode()).isEqualTo(400);
        assertThat(setUp(code, PASSWORD).statusCode()).isEqualTo(201);
    }

    @Test
    void whatWasTypedAsANameStandsInTheAuditAndTheChainHolds() throws Exception {
        login("x".repeat(127) + "\uD83D\uDD25 and more", "whatever it is");
        login("a\u0000b\u001b[31m", "whatever it is");

        assertThat(JSON.readTree(hub.get("/api/v1/audit?limit=50", BEARER).body())
                        .path("items")
                        .findValuesAsText("actor"))
                .contains("x".repeat(127), "a?b?[31m");
        assertThat(hub.queries.access().verify().broken()).isEmpty();
    }

    @Test
    void aPictureThatIsNotThereCountsAsSeenByNobody() throws Exception {
        hub.write(town -> {
            town.ticket(
                    1, SampleScenes.ALL.get(0), "reported", TimeSource.system().wall());
            hub.database.writer().handle().execute("UPDATE evidence SET state = 'lost'");
        });
        String id = hub.queries
                .tickets()
                .newest(EVERYTHING, null, 1)
                .getFirst()
                .pictures()
                .ready();
        assertThat(hub.get("/api/v1/evidence/" + id, BEARER).statusCode()).isEqualTo(410);
        assertThat(JSON.readTree(hub.get("/api/v1/audit?limit=50", BEARER).body())
                        .path("items")
                        .findValuesAsText("action"))
                .doesNotContain("view-picture");
    }

    @Test
    void theAuditHoldsEveryChangeAndEveryViewOfAPictureInAChain() throws Exception {
        hub.write(town -> town.ticket(
                1, SampleScenes.ALL.get(0), "reported", TimeSource.system().wall()));
        String[] li = hub.signedIn("li", Role.DISPATCHER, "");
        JsonNode ticket = JSON.readTree(hub.get("/api/v1/tickets?limit=1", li).body())
                .path("items")
                .path(0);
        String picture = ticket.path("picture").asText();
        assertThat(hub.get(picture, li).statusCode()).isEqualTo(200);
        create("wang", "viewer", "");
        hub.get("/api/v1/export/tickets.csv?state=reported", li);
        assertThat(hub.get("/api/v1/users", li).statusCode()).isEqualTo(403);

        JsonNode audit =
                JSON.readTree(hub.get("/api/v1/audit?limit=50", BEARER).body()).path("items");
        assertThat(audit).anySatisfy(row -> {
            assertThat(row.path("actor").asText()).isEqualTo("li");
            assertThat(row.path("action").asText()).isEqualTo("view-picture");
            assertThat(picture).endsWith(row.path("subject").asText());
        });
        assertThat(audit.findValuesAsText("action"))
                .contains("export", "POST /api/v1/users", "GET /api/v1/users", "view-picture");
        assertThat(audit.findValuesAsText("subject")).contains("wang viewer");
        assertThat(audit.toString()).doesNotContain(PASSWORD).doesNotContain("argon2");

        assertThat(hub.queries.access().verify().broken()).isEmpty();
        hub.write(town -> hub.database.writer().handle().execute("UPDATE audit SET actor = 'x' WHERE number = 2"));
        assertThat(hub.queries.access().verify().broken()).hasValue(2L);
    }

    @Test
    void refusesWhatCannotBeAnAccount() throws Exception {
        for (String body : List.of(
                "{\"name\": \"hub\", \"role\": \"admin\", \"password\": \"" + PASSWORD + "\"}",
                "{\"name\": \"a b\", \"role\": \"admin\", \"password\": \"" + PASSWORD + "\"}",
                "{\"name\": \"li\", \"role\": \"king\", \"password\": \"" + PASSWORD + "\"}",
                "{\"name\": \"li\", \"role\": \"unit\", \"password\": \"" + PASSWORD + "\"}",
                "{\"name\": \"li\", \"role\": \"viewer\", \"password\": \"1234567890\"}",
                "{\"name\": \"li\", \"role\": \"viewer\", \"password\": \"" + PASSWORD + "\", \"hash\": \"x\"}",
                "{\"name\": [], \"role\": \"viewer\"}",
                "[]",
                "{")) {
            assertThat(hub.post("/api/v1/users", body, BEARER).statusCode())
                    .as(body)
                    .isEqualTo(400);
        }
        create("li", "viewer", "");
        assertThat(hub.post("/api/v1/users", body("li", "viewer", ""), BEARER).statusCode())
                .isEqualTo(409);
        assertThat(change("nobody", "{}").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> setUp(String code, String password) throws Exception {
        String body = "{\"code\": \"" + code + "\", \"name\": \"chief\", \"password\": \"" + password + "\"}";
        return hub.post("/api/v1/setup", body, "content-type", "application/json");
    }

    private void create(String name, String role, String unit) throws Exception {
        HttpResponse<String> answer = hub.post("/api/v1/users", body(name, role, unit), BEARER);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static String body(String name, String role, String unit) {
        return "{\"name\": \"%s\", \"role\": \"%s\", \"unit\": \"%s\", \"password\": \"%s\"}"
                .formatted(name, role, unit, PASSWORD);
    }

    private HttpResponse<String> change(String name, String body) throws Exception {
        return hub.send("PATCH", "/api/v1/users/" + name, body, BEARER);
    }

    private String signIn(String name, String password) throws Exception {
        String cookie = login(name, password).headers().firstValue("set-cookie").orElseThrow();
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private HttpResponse<String> login(String name, String password) throws Exception {
        String body = "user=" + URLEncoder.encode(name, StandardCharsets.UTF_8) + "&password="
                + URLEncoder.encode(password, StandardCharsets.UTF_8);
        return hub.post("/login", body, "content-type", "application/x-www-form-urlencoded");
    }
}
