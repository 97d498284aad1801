package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.hub.store.DatabaseSettings;
import io.fengsui.protocol.Lane;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hubs on one database: one writes, and the other takes over when the first is gone, never beside it. */
class HubTakeoverTest {
    @TempDir
    Path data;

    private final DatabaseSettings.PostgresServer database = TestPostgres.database(writers());

    int writers() {
        return 1;
    }

    @Test
    void onlyOneHubWritesAndTheOtherTakesOver() throws Exception {
        try (TestTown first = town("first");
                TestEdge edge = new TestEdge("edge-1", first.time)) {
            edge.record(first.begun("edge-1", "fire.smoke", "one"));
            edge.serve(first.hub.port());
            edge.sendAll();
            edge.awaitAcknowledged();
            try (TestTown second = town("second")) {
                assertThat(edge.serve(second.hub.port())).isFalse();
                assertThat(second.count("SELECT MAX(token) FROM shard_lease")).isOne();

                // The first one is frozen: its lease runs out by the clock of the second.
                second.time.advance(Duration.ofSeconds(16));
                await().atMost(Duration.ofSeconds(20)).until(() -> {
                    second.hub.tick();
                    return second.count("SELECT MAX(token) FROM shard_lease") == 2;
                });
                assertThat(edge.serve(second.hub.port())).isTrue();
                edge.record(second.begun("edge-1", "fire.smoke", "two"));
                edge.send(Lane.URGENT, 1);
                edge.awaitAcknowledged();

                // And awake again: nothing of it is committed.
                int goodbyes = second.count("SELECT COUNT(*) FROM journal WHERE kind = 'goodbye'");
                first.hub.shards().left("edge-1", "the first hub believes so");
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> first.hub.shards().isFailing());
                assertThat(second.count("SELECT COUNT(*) FROM journal WHERE kind = 'goodbye'"))
                        .isEqualTo(goodbyes);
                assertThat(second.count("SELECT COUNT(*) FROM ticket")).isEqualTo(2);
                assertThat(second.count("SELECT MAX(token) FROM shard_lease")).isEqualTo(2);
            }
        }
    }

    private TestTown town(String folder) {
        return new TestTown(TestPostgres.settings(data.resolve(folder), database));
    }
}
