package io.fengsui.hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpMethod;
import io.fengsui.hub.access.Policy;
import io.fengsui.hub.access.TokenCheck;
import io.fengsui.hub.console.http.Route;
import io.fengsui.hub.ticket.workflow.Role;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every route against every kind of caller. A route that this table does not know fails the build. */
class AccessMatrixTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    /** Where the answer itself turns on what the caller knows. */
    private static final Set<String> IN_PERSON = Set.of("/api/v1/setup", "/api/v1/me/password");

    /** Who may use what: written by hand, so that a new route needs a decision. */
    private static final Map<String, Policy> EXPECTED = new TreeMap<>(Map.ofEntries(
            Map.entry("GET /", Policy.SIGNED_IN),
            Map.entry("GET /console.css", Policy.OPEN),
            Map.entry("GET /console.js", Policy.OPEN),
            Map.entry("GET /detail.js", Policy.OPEN),
            Map.entry("GET /words.js", Policy.OPEN),
            Map.entry("GET /icon.svg", Policy.OPEN),
            Map.entry("GET /login", Policy.OPEN),
            Map.entry("POST /login", Policy.OPEN),
            Map.entry("GET /setup", Policy.OPEN),
            Map.entry("POST /setup", Policy.OPEN),
            Map.entry("GET /entry.js", Policy.OPEN),
            Map.entry("GET /users", Policy.ADMIN),
            Map.entry("GET /password", Policy.SIGNED_IN),
            Map.entry("GET /password.js", Policy.OPEN),
            Map.entry("GET /users.js", Policy.OPEN),
            Map.entry("POST /api/v1/setup", Policy.OPEN),
            Map.entry("GET /api/v1/me", Policy.SIGNED_IN),
            Map.entry("POST /api/v1/me/password", Policy.SIGNED_IN),
            Map.entry("GET /api/v1/users", Policy.ADMIN),
            Map.entry("POST /api/v1/users", Policy.ADMIN),
            Map.entry("PATCH /api/v1/users/{id}", Policy.ADMIN),
            Map.entry("GET /api/v1/audit", Policy.ADMIN),
            Map.entry("POST /logout", Policy.SIGNED_IN),
            Map.entry("GET /api/openapi.yaml", Policy.OPEN),
            Map.entry("GET /api/v1/tickets", Policy.SIGNED_IN),
            Map.entry("GET /api/v1/tickets/{id}", Policy.SIGNED_IN),
            Map.entry("POST /api/v1/tickets/{id}/commands", Policy.HANDLE),
            Map.entry("GET /api/v1/tickets/{id}/preview", Policy.DISPATCH),
            Map.entry("GET /api/v1/events", Policy.SIGNED_IN),
            Map.entry("GET /api/v1/events/{id}", Policy.SIGNED_IN),
            Map.entry("GET /api/v1/summary", Policy.SIGNED_IN),
            Map.entry("GET /api/v1/edges", Policy.SIGNED_IN),
            Map.entry("GET /api/v1/cameras", Policy.SIGNED_IN),
            Map.entry("GET /api/v1/sensors", Policy.SIGNED_IN),
            Map.entry("GET /api/v1/units", Policy.SIGNED_IN),
            Map.entry("GET /api/v1/evidence/{id}", Policy.SIGNED_IN),
            Map.entry("GET /api/v1/deliveries", Policy.DISPATCH),
            Map.entry("GET /api/v1/deliveries/{id}", Policy.DISPATCH),
            Map.entry("POST /api/v1/deliveries/{id}/resend", Policy.SUPERVISE),
            Map.entry("GET /figures", Policy.SIGNED_IN),
            Map.entry("GET /figures.js", Policy.OPEN),
            Map.entry("GET /replays", Policy.SUPERVISE),
            Map.entry("GET /replays.js", Policy.OPEN),
            Map.entry("GET /deliveries", Policy.DISPATCH),
            Map.entry("GET /deliveries.js", Policy.OPEN),
            Map.entry("GET /silences", Policy.SIGNED_IN),
            Map.entry("GET /silences.js", Policy.OPEN),
            Map.entry("GET /pick.js", Policy.OPEN),
            Map.entry("GET /api/v1/names", Policy.SIGNED_IN),
            Map.entry("GET /patrols", Policy.SIGNED_IN),
            Map.entry("GET /patrols.js", Policy.OPEN),
            Map.entry("GET /api/v1/patrols", Policy.SIGNED_IN),
            Map.entry("GET /api/v1/patrols/{id}", Policy.SIGNED_IN),
            Map.entry("POST /api/v1/patrols/{id}/marks", Policy.HANDLE),
            Map.entry("GET /api/v1/patrol-figures", Policy.SIGNED_IN),
            Map.entry("POST /api/v1/edges/{id}/replays", Policy.SUPERVISE),
            Map.entry("GET /api/v1/replays/{id}", Policy.SUPERVISE),
            Map.entry("GET /api/v1/held", Policy.SIGNED_IN),
            Map.entry("GET /api/v1/silences", Policy.SIGNED_IN),
            Map.entry("POST /api/v1/silences", Policy.DISPATCH),
            Map.entry("DELETE /api/v1/silences/{id}", Policy.DISPATCH),
            Map.entry("GET /api/v1/maintenance", Policy.SIGNED_IN),
            Map.entry("POST /api/v1/maintenance", Policy.DISPATCH),
            Map.entry("DELETE /api/v1/maintenance/{id}", Policy.DISPATCH),
            Map.entry("GET /api/v1/figures", Policy.SIGNED_IN),
            Map.entry("POST /api/v1/tickets/{id}/verdict", Policy.DISPATCH),
            Map.entry("GET /api/v1/export/tickets.csv", Policy.SIGNED_IN),
            Map.entry("GET /api/v1/export/tickets.geojson", Policy.SIGNED_IN),
            Map.entry("POST /api/v1/reports", Policy.HANDLE),
            Map.entry("POST /api/v1/alertmanager", Policy.DISPATCH),
            Map.entry("GET /api/v1/stream", Policy.SIGNED_IN),
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
                if (IN_PERSON.contains(route.path())) {
                    continue; // says 401 and 403 of its own: SignInRestTest
                }
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
    void everyRouteLetsInTheRolesOfItsPolicyAndNoOther(@TempDir Path folder) throws Exception {
        try (TestHub hub = new TestHub(folder, TokenCheck.of(TOKEN), ConsoleSettings.DEFAULT, 0)) {
            for (Role role : Role.values()) {
                for (Route route : hub.routes) {
                    if (IN_PERSON.contains(route.path())) {
                        continue;
                    }
                    // A session for each, because signing out is a route too.
                    String[] session = hub.signedIn("somebody", role, role == Role.UNIT ? "fire" : "");
                    int status = ask(hub, route, session);
                    boolean isOpen =
                            route.policy() == Policy.OPEN || route.policy().allows(role);
                    String what = role + ": " + route.method() + " " + route.path();
                    assertThat(status).as(what).isNotEqualTo(401);
                    assertThat(status == 403).as(what + " " + status).isEqualTo(!isOpen);
                }
            }
        }
    }

    @Test
    void openOnLoopbackNobodyBehindAProxyGetsIn(@TempDir Path folder) throws Exception {
        try (TestHub hub = TestHub.open(folder)) {
            for (Route route : hub.routes) {
                if (IN_PERSON.contains(route.path())) {
                    continue;
                }
                assertThat(ask(hub, route, "x-forwarded-for", "10.0.0.7"))
                        .as(route.method() + " " + route.path())
                        .satisfies(status -> assertThat(status == 401).isEqualTo(route.policy() != Policy.OPEN));
            }
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

    /** The status alone: the stream never ends by itself. */
    private static int ask(TestHub hub, Route route, String... headers) throws IOException, InterruptedException {
        return hub.status(route.method().name(), route.path().replace("{id}", "none"), headers);
    }
}
