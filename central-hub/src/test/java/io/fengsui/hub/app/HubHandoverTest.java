package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.hub.shard.ShardMap;
import io.fengsui.hub.shard.ShardRing;
import io.fengsui.hub.shard.input.OperatorCommand;
import io.fengsui.protocol.Event;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the writers of edges hand over to the one of tickets: none of it is lost, late or done twice. */
class HubHandoverTest extends WritersTest {
    @Test
    void losesNothingThatWasHandedOverWhenItIsKilledAndSharesItAnewWithOtherNumbersOfWriters() throws Exception {
        List<Event> begun;
        try (TestTown town = town(4)) {
            serve(town);
            execute("ALTER TABLE ticket RENAME TO away");
            begun = tell(town, "one");
            // On disk, and the writer of tickets cannot write.
            acknowledged();
            assertThat(count("SELECT COUNT(DISTINCT edge) FROM handover")).isEqualTo(EDGES);
            await().until(() -> town.hub.shard().counts().isFailing());
            town.hub.abort();
        }
        execute("ALTER TABLE away RENAME TO ticket");
        for (int writers : new int[] {1, 3}) {
            try (TestTown town = town(writers)) {
                serve(town);
                town.hub.tick();
                await().until(() -> count("SELECT COUNT(*) FROM handover") == 0);
                // A town's events are the same as another's at the same time.
                town.time.advance(Duration.ofSeconds(writers));
                for (int i = 0; i < EDGES; i++) {
                    Event more = town.begun("edge-" + i, "fire.smoke", "with " + writers);
                    edges.get(i).record(more);
                    edges.get(i).send(more.lane(), writers == 1 ? 1 : 2);
                }
                acknowledged();
                ShardMap map = new ShardMap(writers);
                int tickets = EDGES * (writers == 1 ? 2 : 3);
                assertThat(town.count("SELECT COUNT(*) FROM ticket")).isEqualTo(tickets);
                assertThat(town.count("SELECT COUNT(DISTINCT incident_id) FROM ticket"))
                        .isEqualTo(tickets);
                assertThat(town.rows("SELECT subject, shard FROM timer WHERE kind = 'edge-silence'"))
                        .hasSize(EDGES)
                        .allSatisfy(row -> assertThat(row.get("shard"))
                                .isEqualTo((long) map.shardOf(String.valueOf(row.get("subject")))));
                assertThat(town.count("SELECT COUNT(*) FROM quarantine")).isZero();
                if (writers == 3) {
                    // Of an incident that a writer of another plan handed over.
                    edges.getFirst().record(town.ended(begun.getFirst()));
                    edges.getFirst().send(begun.getFirst().lane(), 3);
                    edges.getFirst().awaitAcknowledged();
                    assertThat(town.count("SELECT COUNT(*) FROM ticket WHERE condition_cleared_at IS NOT NULL"))
                            .isOne();
                }
            }
        }
    }

    @Test
    void anOnlyWriterMakesTheTicketsThatWaitBeforeItHearsThatTheirEventsAreOver() throws Exception {
        List<Event> begun;
        try (TestTown town = town(4)) {
            serve(town);
            execute("ALTER TABLE ticket RENAME TO away");
            begun = tell(town, "one");
            acknowledged();
            town.hub.abort();
        }
        execute("ALTER TABLE away RENAME TO ticket");
        try (TestTown town = town(1)) {
            serve(town);
            town.time.advance(Duration.ofSeconds(1));
            ended(town, begun);
            assertThat(town.count("SELECT COUNT(*) FROM ticket")).isEqualTo(EDGES);
            assertThat(town.count("SELECT COUNT(*) FROM ticket WHERE condition_cleared_at IS NOT NULL"))
                    .isEqualTo(EDGES);
        }
    }

    @Test
    void anEventThatCameInTimeHasItsTicketHoweverLateItIsTakenOver() throws Exception {
        try (TestTown town = town(3)) {
            serve(town);
            execute("ALTER TABLE ticket RENAME TO away");
            for (int i = 0; i < EDGES; i++) {
                edges.get(i).record(town.begun("edge-" + i, "safety.intrusion", "one"));
                edges.get(i).sendAll();
            }
            acknowledged();
            await().until(() -> town.hub.shard().counts().isFailing());
            town.time.advance(Duration.ofDays(2));
            execute("ALTER TABLE away RENAME TO ticket");
            await().until(() -> {
                town.hub.shard().ring().handed(-1);
                return count("SELECT COUNT(*) FROM handover") == 0;
            });
            assertThat(town.count("SELECT COUNT(*) FROM ticket")).isEqualTo(EDGES);
        }
    }

    @Test
    void setsAsideAHandoverThatNobodyCanReadAndTakesTheNext() throws Exception {
        try (TestTown town = town(2)) {
            serve(town);
            execute("INSERT INTO handover (plan, shard, \"offset\", part, edge, incident, at, body)"
                    + " VALUES (1, 1, 0, 0, 'edge-1', '', 0, '\\x00')");
            tell(town, "one");
            acknowledged();
            town.hub.tick();
            assertThat(town.count("SELECT COUNT(*) FROM ticket")).isEqualTo(EDGES);
            assertThat(town.count("SELECT COUNT(*) FROM quarantine WHERE shard = 0"))
                    .isOne();
            assertThat(town.count("SELECT COUNT(*) FROM handover")).isZero();
        }
    }

    @Test
    void isNotReadyWhileTicketsAreNotMade() throws Exception {
        try (TestTown town = town(3);
                HttpClient client = HttpClient.newHttpClient()) {
            serve(town);
            assertThat(ready(client, town)).contains("\"ready\":true");
            // Nothing fails: the writer of tickets waits.
            try (Connection connection = DriverManager.getConnection(database.url(), database.user(), "")) {
                connection.setAutoCommit(false);
                try (Statement statement = connection.createStatement()) {
                    statement.execute("LOCK TABLE ticket IN ACCESS EXCLUSIVE MODE");
                }
                tell(town, "one");
                acknowledged();
                for (int i = 1; i < 3; i++) {
                    ticked(town, i);
                }
                town.time.advance(Duration.ofSeconds(31));
                assertThat(ready(client, town)).contains("\"ready\":false", "tickets-behind");
            }
            assertThat(town.count("SELECT COUNT(*) FROM ticket")).isEqualTo(EDGES);
            ticked(town, 1);
            ticked(town, 2);
            assertThat(ready(client, town)).doesNotContain("tickets-behind");
        }
    }

    /** A writer has gone through a tick. */
    private static void ticked(TestTown town, int shard) {
        ShardRing ring = town.hub.shards().all().get(shard).ring();
        ring.tick();
        ring.submit(new OperatorCommand("none", "settle", "", "test", -1)).join();
    }

    private static String ready(HttpClient client, TestTown town) throws Exception {
        URI readyz = URI.create("http://127.0.0.1:" + town.hub.port() + "/readyz");
        return client.send(HttpRequest.newBuilder(readyz).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
