package io.fengsui.hub.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.hub.shard.stage.Turn;
import io.fengsui.runtime.ManualTimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In how long whoever is put off is told to come again. */
class ShardRingTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    private static final TaskInput SMALL = new TaskInput.HoldOver("incident");
    private static final TaskInput BAD = new TaskInput.HoldOver("bad");

    private final ManualTimeSource time = new ManualTimeSource(NOW);
    private final MemoryLedger ledger = new MemoryLedger();
    private Shard shard;

    private static final class Fragile implements Stage {
        @Override
        public void take(Input input, Turn turn) {
            if (input instanceof Input.TaskTaken(TaskInput task) && task.equals(BAD)) {
                throw new AssertionError("nothing expects this");
            }
        }

        @Override
        public void write() {}

        @Override
        public void forget() {}
    }

    @BeforeEach
    void start() {
        shard = Shard.of(
                0,
                new Shard.Surroundings(ledger, edge -> null, time, Duration.ofSeconds(5)),
                List.of(new Fragile()),
                List.of());
        shard.ring().start();
    }

    @AfterEach
    void stop() {
        shard.ring().close();
    }

    private void commitThatTakes(Duration took) {
        ledger.fault = () -> {
            time.advance(took);
            ledger.keep();
        };
        assertThat(shard.ring().take(SMALL).join()).isTrue();
        await().until(() -> shard.ring().remaining() == shard.ring().capacity());
    }

    @Test
    void atOnceWhereNothingWaitsAndCommitsAreQuick() {
        assertThat(shard.ring().clearsIn()).isZero();
        commitThatTakes(Duration.ofSeconds(3));
        assertThat(shard.ring().clearsIn()).isEqualTo(Duration.ofSeconds(3));
        commitThatTakes(Duration.ZERO);
        assertThat(shard.ring().clearsIn()).isZero();
    }

    @Test
    void asLongAsTheBatchesThatWaitTakeAtTheLastPaceOrAsTheWriterHasBeenAtOne() throws Exception {
        commitThatTakes(Duration.ofSeconds(2));
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        ledger.fault = () -> {
            reached.countDown();
            uninterruptibly(mayGoOn);
            ledger.keep();
        };
        var first = shard.ring().take(SMALL);
        reached.await();
        for (int i = 1; i < 1_100; i++) {
            assertThat(shard.ring().task(SMALL, () -> {}, () -> {})).isTrue();
        }
        // 1,100 inputs are three batches of 512, and the newest transaction took 2 s.
        assertThat(shard.ring().clearsIn()).isEqualTo(Duration.ofSeconds(6));
        time.advance(Duration.ofSeconds(10));
        assertThat(shard.ring().clearsIn()).isEqualTo(Duration.ofSeconds(10));
        time.advance(Duration.ofMinutes(5));
        assertThat(shard.ring().clearsIn()).isEqualTo(Duration.ofSeconds(30));
        mayGoOn.countDown();
        assertThat(first.join()).isTrue();
    }

    @Test
    void inHalfAMinuteWhileTheDatabaseDoesNotWrite() {
        assertThat(shard.ring().task(BAD, () -> {}, () -> {})).isTrue();
        await().until(() -> shard.counts().isFailing());
        assertThat(shard.ring().clearsIn()).isEqualTo(Duration.ofSeconds(30));
    }

    private static void uninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
