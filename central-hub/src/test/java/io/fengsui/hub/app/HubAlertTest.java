package io.fengsui.hub.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.config.HubSettings;
import io.fengsui.hub.shard.input.OperatorCommand;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts of Alertmanager of which nothing is heard any more. */
@Tag("slow")
class HubAlertTest {
    private static final String ALERT = """
            {"status": "%1$s", "fingerprint": "f%2$d",
             "labels": {"alertname": "PumpDown", "kind": "water.pump.down", "severity": "critical", "instance": "%2$d号泵房"},
             "annotations": {"summary": "泵停了"}, "startsAt": "2026-11-21T09:58:00+08:00"}""";
    /** The hub looks more often than a pause that would count as its own absence. */
    private static final Duration STEP = Duration.ofMinutes(10);

    @TempDir
    Path data;

    @Test
    void clearsAnAlertOfWhichNothingIsHeardAndTakesItUpAgainWhenItIsToldAgain() throws Exception {
        try (TestTown town = new TestTown(data)) {
            tell(town, "firing");
            pass(town, 4);
            tell(town, "firing");
            pass(town, 11);
            assertThat(facts(town)).isEmpty();
            pass(town, 2);
            assertThat(facts(town)).containsExactly("condition-cleared absence");
            assertThat(town.one(String.class, "SELECT phase FROM event WHERE edge = 'hub'"))
                    .isEqualTo("ended");
            pass(town, 24);
            tell(town, "firing");
            tell(town, "firing");
            pass(town, 11);
            tell(town, "resolved");
            tell(town, "resolved");
            pass(town, 48);
            assertThat(facts(town))
                    .containsExactly("condition-cleared absence", "condition-returned", "condition-cleared");
            assertThat(tickets(town)).isEqualTo(1);
            assertThat(timers(town)).isZero();
            assertThat(town.count("SELECT COUNT(*) FROM quarantine")).isZero();
        }
    }

    @Test
    void opensANewTicketForAnAlertThatIsToldAgainAfterItsTicketWasClosed() throws Exception {
        try (TestTown town = new TestTown(data)) {
            tell(town, "firing");
            for (int round = 1; round <= 3; round++) {
                pass(town, 13);
                voidAll(town);
                tell(town, "firing");
                tell(town, "firing");
                assertThat(tickets(town)).isEqualTo(1 + round);
                assertThat(town.count(
                                "SELECT COUNT(*) FROM ticket WHERE category = 'open' AND condition_cleared_at IS NULL"))
                        .isEqualTo(1);
                assertThat(town.count("SELECT COUNT(*) FROM ticket_fact WHERE kind = 'condition-returned'"))
                        .isZero();
                town.killAndStart();
            }
            tell(town, "firing");
            pass(town, 13);
            tell(town, "firing");
            tell(town, "resolved");
            tell(town, "resolved");
            tell(town, "firing");
            pass(town, 48);
            assertThat(tickets(town)).isEqualTo(4);
            assertThat(facts(town))
                    .containsExactly(
                            "condition-cleared absence",
                            "condition-cleared absence",
                            "condition-cleared absence",
                            "condition-cleared absence",
                            "condition-returned",
                            "condition-cleared");
            assertThat(town.count("SELECT COUNT(*) FROM event WHERE phase <> 'ended'"))
                    .isZero();
            assertThat(timers(town)).isZero();
            assertThat(town.count("SELECT COUNT(*) FROM quarantine")).isZero();
        }
    }

    @Test
    void doesNotTakeItsOwnAbsenceForSilence() throws Exception {
        try (TestTown town = new TestTown(data)) {
            tell(town, "firing");
            pass(town, 1);
            town.hub.abort();
            town.time.advance(Duration.ofHours(13));
            town.restartKilled();
            pass(town, 10);
            assertThat(facts(town)).isEmpty();
            town.time.advance(Duration.ofHours(13));
            pass(town, 1);
            assertThat(facts(town)).isEmpty();
            pass(town, 1);
            assertThat(facts(town)).containsExactly("condition-cleared absence");
            assertThat(town.count("SELECT COUNT(*) FROM event WHERE phase <> 'ended'"))
                    .isZero();
            assertThat(town.count("SELECT COUNT(*) FROM timer WHERE kind = 'alert-presence'"))
                    .isZero();
        }
    }

    /** The time began anew at each start: a hub that was started more often than every twelve hours ended none. */
    @Test
    void clearsAnAlertThoughTheHubIsStartedMoreOften() throws Exception {
        try (TestTown town = new TestTown(data)) {
            tell(town, "firing");
            for (int start = 1; start <= 4; start++) {
                pass(town, 3);
                assertThat(facts(town)).as("nothing of it in %s starts", start).isEmpty();
                town.killAndStart();
            }
            // What lies between the last look of one and the first of the next is nobody's silence.
            pass(town, 1);
            assertThat(facts(town)).containsExactly("condition-cleared absence");
            assertThat(timers(town)).isZero();
        }
    }

    @Test
    void anAlertHasAQuarterOfAnHourToBeToldAgainWhenTheHubIsBack() throws Exception {
        try (TestTown town = new TestTown(data)) {
            tell(town, "firing");
            pass(town, 11);
            step(town, 5);
            town.hub.abort();
            town.time.advance(Duration.ofHours(5));
            town.restartKilled();
            step(town, 2);
            assertThat(facts(town)).isEmpty();
            tell(town, "firing");
            pass(town, 11);
            assertThat(facts(town)).isEmpty();
            pass(town, 2);
            assertThat(facts(town)).containsExactly("condition-cleared absence");
        }
    }

    @Test
    void believesWhatStoodBeforeItWasLaidDownThatTheHubIsThereAsIfItWereToldNow() throws Exception {
        try (TestTown town = new TestTown(data)) {
            tell(town, "firing");
            pass(town, 11);
            town.hub.abort();
            try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("hub.db"));
                    Statement statement = file.createStatement()) {
                assertThat(statement.executeUpdate("DELETE FROM timer WHERE kind = 'alert-presence'"))
                        .isOne();
            }
            town.restartKilled();
            pass(town, 12);
            assertThat(facts(town)).isEmpty();
            pass(town, 1);
            assertThat(facts(town)).containsExactly("condition-cleared absence");
        }
    }

    @Test
    void believesWhatStandsForAsLongAsTheConfigurationSaysNow() throws Exception {
        try (TestTown town = new TestTown(data)) {
            tell(town, "firing");
            pass(town, 1);
        }
        try (TestTown town = new TestTown(patient(Duration.ofHours(30)))) {
            pass(town, 28);
            assertThat(facts(town)).isEmpty();
        }
        try (TestTown town = new TestTown(patient(Duration.ofHours(2)))) {
            town.time.advance(Duration.ofHours(28));
            step(town, 2);
            assertThat(facts(town)).isEmpty();
            step(town, 1);
            assertThat(facts(town)).containsExactly("condition-cleared absence");
            assertThat(new String(town.one(byte[].class, "SELECT body FROM event WHERE edge = 'hub'"), UTF_8))
                    .contains("has not spoken of it for 125 min");
        }
    }

    /** Each transaction that was rolled back was taken for a start, after which an alert has a quarter of an hour more. */
    @Test
    void clearsAnAlertThoughTransactionsAreRolledBackAllTheTime() throws Exception {
        try (TestTown town = new TestTown(data)) {
            tell(town, "firing");
            int steps = 6 * 12 + 2;
            for (int time = 0; time < steps; time++) {
                try (TestEdge edge = new TestEdge("edge-" + time, town.time)) {
                    edge.record(town.begun("edge-of-somebody-else", "safety.intrusion", "stolen"));
                    edge.serve(town.hub.port());
                    edge.sendAll();
                    edge.awaitAcknowledged();
                }
                step(town, 1);
            }
            assertThat(town.count("SELECT COUNT(*) FROM quarantine")).isEqualTo(steps);
            assertThat(facts(town)).containsExactly("condition-cleared absence");
        }
    }

    @Test
    void looksThroughWhatStoodBeforeThereWereTimersSomeAtATime() throws Exception {
        try (TestTown town = new TestTown(data)) {
            for (int from = 0; from < 300; from += 30) {
                post(
                        town,
                        IntStream.range(from, from + 30)
                                .mapToObj(i -> ALERT.formatted("firing", i))
                                .collect(Collectors.joining(",")));
            }
            settle(town);
            assertThat(timers(town)).isEqualTo(300);
        }
        try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("hub.db"));
                Statement statement = file.createStatement()) {
            statement.executeUpdate("DELETE FROM timer WHERE kind = 'alert'");
        }
        try (TestTown town = new TestTown(data)) {
            settle(town);
            assertThat(timers(town)).isEqualTo(256);
            settle(town);
            assertThat(timers(town)).isEqualTo(300);
            pass(town, 13);
            settle(town);
            assertThat(timers(town)).isZero();
            assertThat(facts(town)).hasSize(300).containsOnly("condition-cleared absence");
        }
    }

    private HubSettings patient(Duration patience) {
        HubSettings plain = TestTown.settings(data);
        HubSettings.Tickets tickets = plain.tickets();
        return TestTown.with(
                plain,
                new HubSettings.Tickets(
                        tickets.policy(),
                        tickets.workflows(),
                        tickets.window(),
                        tickets.deadlines(),
                        tickets.router(),
                        tickets.telling(),
                        tickets.correlation(),
                        patience));
    }

    private static void voidAll(TestTown town) {
        for (String id : town.rows("SELECT id FROM ticket WHERE category = 'open'").stream()
                .map(row -> String.valueOf(row.get("id")))
                .toList()) {
            town.hub
                    .shard()
                    .ring()
                    .submit(new OperatorCommand(id, "void", "pump is back", "test", -1))
                    .join();
        }
        assertThat(town.count("SELECT COUNT(*) FROM ticket WHERE category = 'open'"))
                .isZero();
    }

    private static void pass(TestTown town, int hours) {
        step(town, hours * 6);
    }

    private static void step(TestTown town, int times) {
        for (int time = 0; time < times; time++) {
            town.time.advance(STEP);
            settle(town);
        }
    }

    private static void settle(TestTown town) {
        town.hub.tick();
        town.hub
                .shard()
                .ring()
                .submit(new OperatorCommand("none", "settle", "", "test", -1))
                .join();
    }

    private static int tickets(TestTown town) {
        return town.count("SELECT COUNT(*) FROM ticket WHERE source_id = 'alertmanager'");
    }

    private static int timers(TestTown town) {
        return town.count("SELECT COUNT(*) FROM timer WHERE kind = 'alert'");
    }

    private static List<String> facts(TestTown town) {
        return town
                .rows(
                        "SELECT f.kind, f.detail FROM ticket_fact f JOIN ticket t ON t.id = f.ticket_id WHERE f.kind LIKE 'condition-%' AND t.source_id = 'alertmanager' ORDER BY t.id, f.version")
                .stream()
                .map(row -> row.get("kind")
                        + (String.valueOf(row.get("detail")).contains("\"reason\":\"absence\"") ? " absence" : ""))
                .toList();
    }

    private static void tell(TestTown town, String status) throws Exception {
        post(town, ALERT.formatted(status, 1));
    }

    private static void post(TestTown town, String alerts) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + town.hub.port() + "/api/v1/alertmanager"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"version\": \"4\", \"alerts\": [" + alerts + "]}"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        }
    }
}
