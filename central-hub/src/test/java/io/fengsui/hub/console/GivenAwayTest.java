package io.fengsui.hub.console;

import static io.fengsui.hub.console.TestingPage.enter;
import static io.fengsui.hub.console.TestingPage.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.hub.access.TokenCheck;
import io.fengsui.hub.grid.unit.Router;
import io.fengsui.hub.ticket.workflow.Role;
import io.fengsui.runtime.TimeSource;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A unit takes a step that hands its ticket to another: it is told that this was done, and nothing of the ticket any more. */
class GivenAwayTest {
    private static final String TICKET = "20261121-0001";
    private static final String COMMANDS = "/api/v1/tickets/" + TICKET + "/commands";

    @Test
    void whoGivesATicketAwayIsAnsweredNothingOfIt(@TempDir Path folder) throws Exception {
        try (TestHub hub = filled(folder)) {
            String[] wang = hub.signedIn("wang", Role.UNIT, "water-1");
            String first = hub.get("/api/v1/tickets/" + TICKET, wang)
                    .headers()
                    .firstValue("etag")
                    .orElseThrow();
            HttpResponse<String> kept = step(hub, "{\"command\": \"dispatch\"}", first, wang);
            assertThat(kept.statusCode()).as(kept.body()).isEqualTo(200);
            assertThat(kept.body()).contains("\"responsible\"");

            String tag = kept.headers().firstValue("etag").orElseThrow();
            HttpResponse<String> given = step(hub, "{\"command\": \"handle\", \"unit\": \"fire\"}", tag, wang);
            assertThat(given.statusCode()).as(given.body()).isEqualTo(204);
            assertThat(given.body()).isEmpty();
            assertThat(given.headers().firstValue("etag")).isEmpty();
            assertThat(hub.get("/api/v1/tickets/" + TICKET, wang).statusCode()).isEqualTo(404);
        }
    }

    private static HttpResponse<String> step(TestHub hub, String body, String tag, String... session) throws Exception {
        return hub.post(COMMANDS, body, "content-type", "application/json", "if-match", tag, session[0], session[1]);
    }

    @Test
    @Tag("slow")
    void itLeavesTheirPage(@TempDir Path folder) throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        try (TestHub hub = filled(folder);
                Chromium page = Chromium.open(hub.uri("/login"), 1280, 900)) {
            enter(page, hub, hub.signedIn("wang", Role.UNIT, "water-1"), "/?ticket=" + TICKET);
            until(page, "document.querySelectorAll('.row').length", "1");
            until(page, "String(Detail.ticket && Detail.ticket.state)", "filed");
            page.eval("Detail.command({ command: 'dispatch', needs: [], takes: [] }); 0");
            until(page, "Detail.ticket.state", "dispatched");
            page.eval(
                    "(() => { const real = window.fetch; window.fetch = (path, terms) => real(path, terms && terms.body"
                            + " ? { ...terms, body: terms.body.replace('\"command\"', '\"unit\":\"fire\",\"command\"') } : terms);"
                            + " Detail.command({ command: 'handle', needs: [], takes: [] }); })()");
            until(page, "document.getElementById('toast').textContent", "已转出,此工单不再由您查看");
            until(page, "document.querySelectorAll('.row').length", "0");
            assertThat(page.eval("String(Detail.ticket)")).isEqualTo("null");
            assertThat(page.complaints).isEmpty();
        }
    }

    /** Their colleagues had the row, and the ticket itself, on the wall until they read the page again. */
    @Test
    @Tag("slow")
    void itLeavesTheirColleaguesPagesToo(@TempDir Path folder) throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        try (TestHub hub = filled(folder);
                Chromium page = Chromium.open(hub.uri("/login"), 1280, 900)) {
            enter(page, hub, hub.signedIn("zhou", Role.UNIT, "water-1"), "/?ticket=" + TICKET);
            until(page, "document.querySelectorAll('.row').length", "1");
            until(page, "String(Detail.ticket && Detail.ticket.state)", "filed");
            until(page, "document.getElementById('link').dataset.state", "live");
            String[] wang = hub.signedIn("wang", Role.UNIT, "water-1");
            String tag = hub.get("/api/v1/tickets/" + TICKET, wang)
                    .headers()
                    .firstValue("etag")
                    .orElseThrow();
            assertThat(step(hub, "{\"command\": \"dispatch\", \"unit\": \"fire\"}", tag, wang)
                            .statusCode())
                    .isEqualTo(204);
            until(page, "document.querySelectorAll('.row').length", "0");
            until(page, "String(Detail.ticket)", "null");
            assertThat(page.eval("document.getElementById('toast').textContent"))
                    .isEqualTo("已转出,此工单不再由您查看");
            assertThat(page.complaints).isEmpty();
        }
    }

    /** A page of the list that was read before it left brought it back. */
    @Test
    @Tag("slow")
    void whatLeavesWhileTheListIsReadDoesNotComeBackWithIt(@TempDir Path folder) throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        try (TestHub hub = filled(folder);
                Chromium page = Chromium.open(hub.uri("/login"), 1280, 900)) {
            enter(page, hub, hub.signedIn("zhou", Role.UNIT, "water-1"), "/");
            until(page, "document.querySelectorAll('.row').length", "1");
            page.eval("(() => { const real = Board.get; let read; Board.get = async path => {"
                    + " const answer = await real.call(Board, path);"
                    + " if (path.startsWith('/api/v1/tickets?')) { await new Promise(done => { window.goOn = done; }); }"
                    + " return answer; }; Board.load().then(() => { window.hasLoaded = true; }); })()");
            until(page, "typeof window.goOn", "function");
            page.eval("Board.lose('" + TICKET + "'); window.goOn(); 0");
            until(page, "String(window.hasLoaded)", "true");
            until(page, "document.querySelectorAll('.row').length", "0");
            assertThat(page.eval("String(Board.tickets.size)")).isEqualTo("0");
            assertThat(page.complaints).isEmpty();
        }
    }

    private static TestHub filled(Path folder) throws Exception {
        Instant now = TimeSource.system().wall();
        TestHub hub = new TestHub(
                folder,
                TokenCheck.of("0123456789abcdef"),
                ConsoleSettings.DEFAULT,
                0,
                new Router(NamesRestTest.TOWN, NamesRestTest.UNITS));
        hub.write(town -> {
            town.fleet(now);
            town.ticket(1, SampleScenes.ALL.get(0), "filed", now.minusSeconds(60));
            hub.database.writer().handle().execute("UPDATE ticket SET unit = 'water-1'");
        });
        return hub;
    }
}
