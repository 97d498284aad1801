package io.fengsui.hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpMethod;
import io.fengsui.hub.access.Policy;
import io.fengsui.hub.access.TokenCheck;
import io.fengsui.hub.console.http.Route;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every route against every kind of caller. A route that this table does not know fails the build. */
class AccessMatrixTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    /** Who may use what: written by hand, so that a new route needs a decision. */
    private static final Map<String, Policy> EXPECTED = new TreeMap<>(Map.ofEntries(
            Map.entry("GET /", Policy.TOKEN),
            Map.entry("GET /console.css", Policy.OPEN),
            Map.entry("GET /console.js", Policy.OPEN),
            Map.entry("GET /detail.js", Policy.OPEN),
            Map.entry("GET /words.js", Policy.OPEN),
            Map.entry("GET /icon.svg", Policy.OPEN),
            Map.entry("GET /login", Policy.OPEN),
            Map.entry("POST /login", Policy.OPEN),
            Map.entry("POST /logout", Policy.TOKEN),
            Map.entry("GET /api/openapi.yaml", Policy.OPEN),
            Map.entry("GET /api/v1/tickets", Policy.TOKEN),
            Map.entry("GET /api/v1/tickets/{id}", Policy.TOKEN),
            Map.entry("POST /api/v1/tickets/{id}/commands", Policy.TOKEN),
            Map.entry("GET /api/v1/events", Policy.TOKEN),
            Map.entry("GET /api/v1/events/{id}", Policy.TOKEN),
            Map.entry("GET /api/v1/summary", Policy.TOKEN),
            Map.entry("GET /api/v1/edges", Policy.TOKEN),
            Map.entry("GET /api/v1/cameras", Policy.TOKEN),
            Map.entry("GET /api/v1/sensors", Policy.TOKEN),
            Map.entry("GET /api/v1/units", Policy.TOKEN),
            Map.entry("GET /api/v1/evidence/{id}", Policy.TOKEN),
            Map.entry("GET /api/v1/deliveries", Policy.TOKEN),
            Map.entry("GET /api/v1/deliveries/{id}", Policy.TOKEN),
            Map.entry("POST /api/v1/deliveries/{id}/resend", Policy.TOKEN),
            Map.entry("GET /api/v1/silences", Policy.TOKEN),
            Map.entry("POST /api/v1/silences", Policy.TOKEN),
            Map.entry("DELETE /api/v1/silences/{id}", Policy.TOKEN),
            Map.entry("GET /api/v1/figures", Policy.TOKEN),
            Map.entry("POST /api/v1/tickets/{id}/verdict", Policy.TOKEN),
            Map.entry("GET /api/v1/export/tickets.csv", Policy.TOKEN),
            Map.entry("GET /api/v1/export/tickets.geojson", Policy.TOKEN),
            Map.entry("POST /api/v1/reports", Policy.TOKEN),
            Map.entry("POST /api/v1/alertmanager", Policy.TOKEN),
            Map.entry("GET /api/v1/stream", Policy.TOKEN),
            Map.entry("GET /metrics", Policy.LOCAL_OR_TOKEN),
            Map.entry("GET /healthz", Policy.OPEN),
            Map.entry("GET /readyz", Policy.OPEN)));

    @Test
    void everyRouteHasTheExpectedPolicy(@TempDir Path folder) throws Exception {
        try (TestHub hub = TestHub.open(folder)) {
            Map<String, Policy> found = new TreeMap<>();
            hub.routes.forEach(route -> found.put(route.method() + " " + route.path(), route.policy()));
            assertThat(found).isEqualTo(EXPECTED);
        }
    }

    @Test
    void withATokenOnlyOpenRoutesAnswerStrangers(@TempDir Path folder) throws Exception {
        try (TestHub hub = new TestHub(folder, TokenCheck.of(TOKEN), ConsoleSettings.DEFAULT, 0)) {
            for (Route route : hub.routes) {
                boolean isShut = route.policy() != Policy.OPEN;
                assertThat(ask(hub, route, "x-forwarded-for", "10.0.0.7"))
                        .as("stranger: " + route.method() + " " + route.path())
                        .satisfies(status -> assertThat(status == 401).isEqualTo(isShut));
                assertThat(ask(hub, route, "x-forwarded-for", "10.0.0.7", "authorization", "Bearer " + "x".repeat(32)))
                        .as("wrong token: " + route.method() + " " + route.path())
                        .satisfies(status -> assertThat(status == 401).isEqualTo(isShut));
                assertThat(ask(hub, route, "x-forwarded-for", "10.0.0.7", "authorization", "Bearer " + TOKEN))
                        .as("bearer: " + route.method() + " " + route.path())
                        .isNotIn(401, 403);
                assertThat(ask(hub, route, "authorization", "Bearer " + TOKEN, "origin", "http://evil.example"))
                        .as("foreign page: " + route.method() + " " + route.path())
                        .satisfies(status -> assertThat(status == 403).isEqualTo(route.method() != HttpMethod.GET));
            }
        }
    }

    @Test
    void withoutATokenNobodyBehindAProxyGetsIn(@TempDir Path folder) throws Exception {
        try (TestHub hub = TestHub.open(folder)) {
            for (Route route : hub.routes) {
                assertThat(ask(hub, route, "x-forwarded-for", "10.0.0.7"))
                        .as(route.method() + " " + route.path())
                        .satisfies(status -> assertThat(status == 403).isEqualTo(route.policy() != Policy.OPEN));
            }
        }
    }

    @Test
    void aLoginOpensASessionThatIsNotForScripts(@TempDir Path folder) throws Exception {
        try (TestHub hub = new TestHub(folder, TokenCheck.of(TOKEN), ConsoleSettings.DEFAULT, 0)) {
            assertThat(hub.get("/", "accept", "text/html").headers().firstValue("location"))
                    .hasValue("/login");
            HttpResponse<String> wrong = login(hub, "not-the-token");
            assertThat(wrong.headers().firstValue("location")).hasValue("/login?wrong");
            assertThat(wrong.headers().firstValue("set-cookie")).isEmpty();

            HttpResponse<String> right = login(hub, TOKEN);
            String cookie = right.headers().firstValue("set-cookie").orElseThrow();
            assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict").doesNotContain(TOKEN);
            String session = cookie.substring(0, cookie.indexOf(';'));
            assertThat(hub.get("/api/v1/tickets", "cookie", session).statusCode())
                    .isEqualTo(200);

            hub.post("/logout", "", "cookie", session);
            assertThat(hub.get("/api/v1/tickets", "cookie", session).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void thePageLoadsNothingButItself(@TempDir Path folder) throws Exception {
        try (TestHub hub = TestHub.open(folder)) {
            HttpResponse<String> page = hub.get("/");
            assertThat(page.headers().firstValue("content-security-policy"))
                    .hasValueSatisfying(policy -> assertThat(policy)
                            .startsWith("default-src 'none'")
                            .contains("frame-ancestors 'none'")
                            .doesNotContain("unsafe"));
            assertThat(page.headers().firstValue("x-content-type-options")).hasValue("nosniff");
            assertThat(page.headers().firstValue("referrer-policy")).hasValue("no-referrer");
            assertThat(page.body())
                    .doesNotContainPattern("<script(?![^>]*src=)")
                    .doesNotContainPattern("https?://");
            String tag = page.headers().firstValue("etag").orElseThrow();
            assertThat(hub.get("/", "if-none-match", tag).statusCode()).isEqualTo(304);
        }
    }

    private static HttpResponse<String> login(TestHub hub, String token) throws IOException, InterruptedException {
        return hub.post(
                "/login",
                "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8),
                "content-type",
                "application/x-www-form-urlencoded");
    }

    /** The status alone: the stream never ends by itself. */
    private static int ask(TestHub hub, Route route, String... headers) throws IOException, InterruptedException {
        return hub.status(route.method().name(), route.path().replace("{id}", "none"), headers);
    }
}
