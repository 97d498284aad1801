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
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.shard.input.OperatorCommand;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts of Alertmanager of which nothing is heard any more, and that are told again. */
@Tag("slow")
class HubAlertTest {
    @TempDir
    Path data;

    /** What another database's test has otherwise. */
    TestTown town(Path folder) {
        return new TestTown(folder);
    }

    @Test
    void clearsAnAlertOfWhichNothingIsHeardAndTakesItUpAgainWhenItIsToldAgain() throws Exception {
        try (TestTown town = town(data)) {
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
        try (TestTown town = town(data)) {
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

    /** It joined the incident of the first, whose ticket was void, and nobody was told. */
    @Test
    void opensANewTicketForAResolvedAlertThatFiresAgainWhenItsTicketIsVoid() throws Exception {
        try (TestTown town = town(data)) {
            tell(town, "firing");
            step(town, 1);
            tell(town, "resolved");
            voidAll(town);
            town.time.advance(Duration.ofMinutes(5));
            post(
                    town,
                    ALERT.formatted("firing", 1)
                            .replace(
                                    "2026-11-21T09:58:00+08:00",
                                    town.time.wall().toString()));
            settle(town);
            assertThat(tickets(town)).isEqualTo(2);
            assertThat(town.count("SELECT COUNT(*) FROM ticket_fact WHERE kind = 'follows'"))
                    .isEqualTo(1);
            assertThat(town.count("SELECT COUNT(*) FROM quarantine")).isZero();
        }
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
}
