package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.hub.shard.ShardMap;
import io.fengsui.protocol.Event;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several writers on one database: edges are shared among them, and one of them decides about tickets. */
class HubWritersTest extends WritersTest {
    @Test
    void sharesTheEdgesAndMakesOneTicketOfEachIncident() throws Exception {
        try (TestTown town = town(3)) {
            serve(town);
            List<Event> begun = tell(town, "one");
            acknowledged();
            ended(town, begun);
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
}
