package io.fengsui.hub.store.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fengsui.hub.app.TestPostgres;
import io.fengsui.hub.shard.ShardMap;
import io.fengsui.hub.store.HubDatabase;
import io.fengsui.hub.store.WriterSession;
import io.fengsui.runtime.ManualTimeSource;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShardClaimTest {
    private final HubDatabase database = HubDatabase.open(TestPostgres.database(), 1);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aWriterThatWaitsForTheDatabaseHoldsUpNoOtherOfItsHub() {
        ShardClaim claim = claim(3);
        // Another hub is in the middle of taking them.
        WriterSession elsewhere = database.anotherWriter();
        elsewhere.begin();
        elsewhere.handle().execute("UPDATE shard_plan SET plan = plan WHERE id = 0");
        CompletableFuture<ShardClaim.Held> waiting = CompletableFuture.supplyAsync(() -> claim.take(database.writer()));
        await().until(() -> waits() > 0);

        assertThatThrownBy(() -> claim.take(database.anotherWriter())).isInstanceOf(LeaseLostException.class);
        assertThat(waiting).isNotDone();

        elsewhere.discard();
        assertThat(waiting.join().token()).isOne();
        assertThat(claim.take(database.anotherWriter())).isSameAs(waiting.join());
        claim.lost(waiting.join());
        assertThat(claim.take(database.anotherWriter()).token()).isEqualTo(2);
    }

    @Test
    void writersThatStartTogetherAllHaveTheShards() {
        ShardClaim claim = claim(4);
        List<CompletableFuture<ShardClaim.Held>> all = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> claim.take(database.anotherWriter())))
                .toList();
        assertThat(all)
                .allSatisfy(
                        one -> assertThat(one.join()).isSameAs(all.getFirst().join()));
    }

    /** One of an older version, which writes all timers for the first shard. */
    @Test
    void timersOfEdgesGoToTheirWriterAlthoughAnotherHubPutThemElsewhere() {
        claim(3).take(database.writer());
        WriterSession writer = database.writer();
        for (int i = 0; i < 9; i++) {
            writer.handle()
                    .execute(
                            "INSERT INTO timer (id, shard, due_at, kind, subject) VALUES (?, 0, 1, 'edge-silence', ?)",
                            "edge-silence/edge-" + i,
                            "edge-" + i);
        }
        writer.handle()
                .execute("INSERT INTO timer (id, shard, due_at, kind, subject) VALUES ('a', 0, 1, 'alert', 'x')");
        claim(3).take(writer);
        ShardMap map = new ShardMap(3);
        for (int i = 0; i < 9; i++) {
            assertThat(writer.handle()
                            .createQuery("SELECT shard FROM timer WHERE subject = 'edge-" + i + "'")
                            .mapTo(Integer.class)
                            .one())
                    .isEqualTo(map.shardOf("edge-" + i));
        }
        assertThat(writer.handle()
                        .createQuery("SELECT shard FROM timer WHERE kind = 'alert'")
                        .mapTo(Integer.class)
                        .one())
                .isZero();
    }

    private static ShardClaim claim(int writers) {
        return new ShardClaim(
                new ShardMap(writers), "hub", new ManualTimeSource(Instant.parse("2026-11-23T02:00:00Z")));
    }

    private int waits() {
        return database.reader()
                .withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM pg_locks WHERE NOT granted")
                        .mapTo(Integer.class)
                        .one());
    }
}
