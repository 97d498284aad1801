package io.fengsui.hub.app;

import static io.fengsui.hub.app.TestingAlerts.ALERT;
import static io.fengsui.hub.app.TestingAlerts.facts;
import static io.fengsui.hub.app.TestingAlerts.pass;
import static io.fengsui.hub.app.TestingAlerts.post;
import static io.fengsui.hub.app.TestingAlerts.settle;
import static io.fengsui.hub.app.TestingAlerts.step;
import static io.fengsui.hub.app.TestingAlerts.tell;
import static io.fengsui.hub.app.TestingAlerts.tickets;
import static io.fengsui.hub.app.TestingAlerts.timers;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.config.HubSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub that was away, was started again or is told something else takes none of it for an alert's silence. */
@Tag("slow")
class HubAlertAbsenceTest {
    @TempDir
    Path data;

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
}
