package io.fengsui.hub.store.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.notify.Delivery;
import io.fengsui.hub.notify.TestDeliveries;
import io.fengsui.hub.store.DatabaseSettings;
import io.fengsui.hub.store.HubDatabase;
import io.fengsui.hub.store.rows.DeliveryRows;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is due is found beside what was told and what waits for others, without going through it: in every database. */
class OutboxQueriesTest {
    static final int MANY = 5_000;
    private static final Instant NOW = Instant.ofEpochMilli(1_000_000);
    private static final String INDEX = "outbox_due";

    @TempDir
    Path folder;

    private HubDatabase database;
    private OutboxQueries outbox;

    DatabaseSettings settings() {
        return new DatabaseSettings.SqliteFile(folder.resolve("hub.db"));
    }

    /** How the database goes about a query, step by step. */
    List<String> plan(Handle handle, String query) {
        return handle.createQuery("EXPLAIN QUERY PLAN " + query)
                .map((rs, context) -> rs.getString("detail"))
                .list();
    }

    @BeforeEach
    void open() {
        database = HubDatabase.open(settings(), 1);
        outbox = new OutboxQueries(database.reader());
        database.writer().begin();
        new DeliveryRows(database.writer()).write(List.of(TestDeliveries.waiting("pattern")));
        database.writer().commit();
        database.writer().handle().execute("UPDATE outbox SET next_at = NULL, state = 'dead'");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void ofAChannelTheLongestDueComesFirstAndOfOthersNothing() {
        waits("hook", "b", 20);
        waits("hook", "a", 20);
        waits("hook", "first", 10);
        waits("hook", "now", NOW.toEpochMilli());
        waits("hook", "later", NOW.toEpochMilli() + 1);
        waits("mail", "other", 5);
        over("hook", 3);
        assertThat(due("hook", 9)).containsExactly("first", "a", "b", "now");
        assertThat(due("hook", 2)).containsExactly("first", "a");
        assertThat(due("nobody's", 9)).isEmpty();
    }

    @Test
    void whatIsDueOfChannelsThatAreNoMoreIsFoundWhereverTheirNamesStand() {
        for (String channel : List.of("a", "b", "c", "d", "e", "Ä", "频道")) {
            waits(channel, channel + "-1", 10);
            waits(channel, channel + "-2", 11);
            waits(channel, channel + "-later", NOW.toEpochMilli() + 1);
        }
        over("f", 3);
        assertThat(elsewhere(List.of("b", "d"), 99))
                .containsExactlyInAnyOrder("a-1", "a-2", "c-1", "c-2", "e-1", "e-2", "Ä-1", "Ä-2", "频道-1", "频道-2");
        assertThat(elsewhere(List.of("a", "c", "d", "e", "Ä", "频道"), 99)).containsExactly("b-1", "b-2");
        assertThat(elsewhere(List.of("a", "b", "c", "d", "e", "Ä", "频道"), 99)).isEmpty();
        assertThat(elsewhere(List.of(), 3)).hasSize(3);
        assertThat(elsewhere(List.of(), 99)).hasSize(14);
    }

    @Test
    void whereNothingWaitsNothingIsFound() {
        over("hook", 3);
        assertThat(due("hook", 9)).isEmpty();
        assertThat(elsewhere(List.of(), 9)).isEmpty();
    }

    /** A receiver that takes nothing: a plan that reads or sorts what waits for it would grow with it. */
    @Test
    void whatWaitsForOthersIsNotGoneThrough() {
        over("hook", MANY);
        lay("stuck", "waiting", "CAST(i AS BIGINT)", MANY);
        waits("hook", "mine", 7);
        database.writer().handle().execute("ANALYZE");
        assertThat(due("hook", 9)).containsExactly("mine");
        assertThat(due("stuck", 2)).containsExactly("stuck-waiting-1", "stuck-waiting-2");
        assertThat(elsewhere(List.of("hook", "stuck"), 9)).isEmpty();
        assertThat(elsewhere(List.of("hook"), 1)).containsExactly("stuck-waiting-1");
        database.reader().useHandle(handle -> {
            String due = OutboxQueries.DUE
                    .replace(":channel", "'hook'")
                    .replace(":now", "1000000")
                    .replace(":limit", "8");
            assertOnlyByIndex(plan(handle, due));
            assertOnlyByIndex(plan(handle, OutboxQueries.WAITED_FOR));
        });
    }

    private static void assertOnlyByIndex(List<String> plan) {
        assertThat(plan).as(plan.toString()).anyMatch(step -> step.contains(INDEX));
        assertThat(plan)
                .filteredOn(step -> step.contains("outbox"))
                .as(plan.toString())
                .allMatch(step -> step.contains(INDEX));
        assertThat(plan)
                .as(plan.toString())
                .noneMatch(step -> step.contains("B-TREE") || step.contains("Sort") || step.contains("Seq Scan"));
    }

    private List<String> due(String channel, int limit) {
        return outbox.due(channel, NOW, limit).stream().map(Delivery::id).toList();
    }

    private List<String> elsewhere(List<String> channels, int limit) {
        return outbox.dueElsewhere(channels, NOW, limit).stream()
                .map(Delivery::id)
                .toList();
    }

    private void waits(String channel, String id, long next) {
        lay(channel, "waiting", "CAST(" + next + " AS BIGINT)", 1);
        database.writer().handle().execute("UPDATE outbox SET id = ? WHERE id = ?", id, channel + "-waiting-1");
    }

    private void over(String channel, int many) {
        lay(channel, "delivered", "CAST(NULL AS BIGINT)", many);
    }

    /** So many copies of the pattern, {@code i} from 1 on. */
    private void lay(String channel, String state, String next, int many) {
        database.writer()
                .handle()
                .execute(
                        "INSERT INTO outbox (id, contact, channel, grouped, ticket_id, made_at, due_at, reason, notices,"
                                + " omitted, state, tries, rung, next_at)"
                                + " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + many
                                + ") SELECT CAST(? AS TEXT) || i, contact, CAST(? AS TEXT), grouped, ticket_id, made_at, due_at,"
                                + " reason, notices, omitted, CAST(? AS TEXT), tries, rung, " + next
                                + " FROM outbox, n WHERE id = 'pattern'",
                        channel + "-" + state + "-",
                        channel,
                        state);
    }
}
