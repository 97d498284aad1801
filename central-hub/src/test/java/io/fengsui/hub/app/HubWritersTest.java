package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.hub.shard.ShardMap;
import io.fengsui.hub.shard.ShardRing;
import io.fengsui.hub.shard.input.OperatorCommand;
import io.fengsui.hub.store.DatabaseSettings;
import io.fengsui.protocol.Event;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several writers on one database: edges are shared among them, and one of them decides about tickets. */
class HubWritersTest {
    private static final int EDGES = 8;

    @TempDir
    Path data;

    private final DatabaseSettings.PostgresServer database = TestPostgres.database();
    private final List<TestEdge> edges = new ArrayList<>();

    @AfterEach
    void disconnect() {
        edges.forEach(TestEdge::close);
    }

    @Test
    void sharesTheEdgesAndMakesOneTicketOfEachIncident() throws Exception {
        try (TestTown town = town(3)) {
            serve(town);
            List<Event> begun = tell(town, "one");
            acknowledged();
            for (int i = 0; i < EDGES; i++) {
                edges.get(i).record(town.ended(begun.get(i)));
                edges.get(i).send(begun.get(i).lane(), 1);
            }
            acknowledged();
            assertThat(town.count("SELECT COUNT(*) FROM ticket")).isEqualTo(EDGES);
            assertThat(town.count("SELECT COUNT(*) FROM ticket WHERE condition_cleared_at IS NOT NULL"))
                    .isEqualTo(EDGES);
            assertThat(town.count("SELECT COUNT(*) FROM incident i JOIN ticket t ON t.id = i.ticket_id"))
                    .isEqualTo(EDGES);
            assertThat(town.count("SELECT MAX(number) FROM ticket")).isEqualTo(EDGES);
            assertThat(town.rows("SELECT DISTINCT shard FROM journal WHERE kind = 'record' ORDER BY shard"))
                    .extracting(row -> row.get("shard"))
                    .containsExactly(1L, 2L);
            assertThat(town.rows("SELECT DISTINCT shard FROM journal WHERE kind = 'handed'"))
                    .extracting(row -> row.get("shard"))
                    .containsExactly(0L);
            assertThat(town.count("SELECT COUNT(*) FROM quarantine")).isZero();
        }
    }

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
            for (int i = 0; i < EDGES; i++) {
                edges.get(i).record(town.ended(begun.get(i)));
                edges.get(i).send(begun.get(i).lane(), 1);
            }
            acknowledged();
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
    void anEventByTheIdOfAnotherWritersEdgeIsSetAsideAndChangesNothing() throws Exception {
        try (TestTown town = town(3)) {
            serve(town);
            ShardMap map = new ShardMap(3);
            int other = IntStream.range(1, EDGES)
                    .filter(i -> !map.isOf(map.shardOf("edge-0"), "edge-" + i))
                    .findFirst()
                    .orElseThrow();
            Event first = town.begun("edge-0", "fire.smoke", "one");
            edges.getFirst().record(first);
            edges.getFirst().sendAll();
            edges.getFirst().awaitAcknowledged();
            Event like = town.begun("edge-" + other, "fire.smoke", "other");
            edges.get(other)
                    .record(new Event(
                            first.id(),
                            like.revision(),
                            like.phase(),
                            like.kind(),
                            like.severity(),
                            like.lane(),
                            like.origin(),
                            like.times(),
                            like.cause(),
                            like.dedupKey(),
                            like.attributes(),
                            like.detections(),
                            like.evidence(),
                            like.why(),
                            like.marks()));
            edges.get(other).sendAll();
            edges.get(other).awaitAcknowledged();
            assertThat(town.count("SELECT COUNT(*) FROM quarantine")).isOne();
            assertThat(town.count("SELECT COUNT(*) FROM ticket")).isOne();
            assertThat(town.rows("SELECT edge, dedup_key FROM event"))
                    .singleElement()
                    .satisfies(row -> assertThat(row).containsEntry("edge", "edge-0"));
        }
    }

    @Test
    void anEdgeOfAnyWriterThatFallsSilentIsToldOfOnce() throws Exception {
        try (TestTown town = town(3)) {
            serve(town);
            edges.forEach(TestEdge::disconnect);
            await().until(() -> town.count("SELECT COUNT(*) FROM edge WHERE connected = 1") == 0);
            for (int i = 0; i < 3; i++) {
                town.time.advance(Duration.ofMinutes(1));
                town.hub.tick();
                town.settle();
            }
            assertThat(town.count("SELECT COUNT(*) FROM event WHERE kind = 'health.edge.silent'"))
                    .isEqualTo(EDGES);
            assertThat(town.count("SELECT COUNT(*) FROM journal WHERE kind = 'silence'"))
                    .isEqualTo(EDGES);
        }
    }

    private void serve(TestTown town) {
        for (int i = 0; i < EDGES; i++) {
            if (edges.size() <= i) {
                edges.add(new TestEdge("edge-" + i, town.time));
            } else {
                edges.get(i).disconnect();
            }
            assertThat(edges.get(i).serve(town.hub.port())).isTrue();
        }
    }

    private List<Event> tell(TestTown town, String key) {
        List<Event> begun = new ArrayList<>();
        for (int i = 0; i < EDGES; i++) {
            begun.add(town.begun("edge-" + i, "fire.smoke", key));
            edges.get(i).record(begun.getLast());
            edges.get(i).sendAll();
        }
        return begun;
    }

    private void acknowledged() {
        edges.forEach(TestEdge::awaitAcknowledged);
    }

    private TestTown town(int writers) {
        return new TestTown(TestPostgres.settings(
                data,
                new DatabaseSettings.PostgresServer(
                        database.url(), database.user(), null, database.timeout(), writers)));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int count(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), "");
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
