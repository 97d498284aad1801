package io.fengsui.hub.shard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.hub.shard.input.HandoverForm;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.input.InputForm;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.hub.shard.stage.Turn;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.RecordBatch;
import io.fengsui.runtime.ManualTimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What other shards hand over has one effect, whatever the database does, and one that is poison harms no other. */
class ShardHandoverTest {
    private static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");

    private final MemoryLedger ledger = new MemoryLedger();
    private final List<String> taken = new ArrayList<>();
    private final ManualTimeSource time = new ManualTimeSource(NOW);
    private Shard shard;

    /** Throws on "bad", at which the first time another one comes in before it, and ends by an error on "error". */
    private final class Reading implements Stage {
        private final List<String> fresh = new ArrayList<>();
        private boolean hasThrown;

        @Override
        public void take(Input input, Turn turn) {
            if (input instanceof Input.HandedOver handed) {
                String what = new String(handed.body(), UTF_8);
                if (what.equals("bad")) {
                    if (!hasThrown) {
                        hasThrown = true;
                        ledger.handovers.add(handed(9, "late"));
                    }
                    throw new IllegalStateException("nothing can be made of it");
                }
                if (what.equals("error")) {
                    throw new AssertionError("nothing expects it");
                }
                fresh.add(what);
            } else if (input instanceof Input.TaskTaken(TaskInput.HoldOver(String what))) {
                fresh.add(what);
            }
        }

        @Override
        public List<Input> due(Instant now) {
            boolean isDone = taken.contains("due") || fresh.contains("due");
            return isDone ? List.of() : List.of(new Input.TaskTaken(new TaskInput.HoldOver("due")));
        }

        @Override
        public void write() {
            taken.addAll(fresh);
            fresh.clear();
        }

        @Override
        public void forget() {
            fresh.clear();
        }
    }

    @BeforeEach
    void start() {
        shard = shard(0, false);
    }

    private Shard shard(int id, boolean isAlone) {
        return Shard.of(
                id,
                new Shard.Surroundings(ledger, edge -> null, time, Duration.ofSeconds(5), by -> {}, isAlone),
                List.of(new Reading()),
                List.of());
    }

    @AfterEach
    void stop() {
        shard.ring().close();
    }

    @Test
    void takesItOnceAlthoughTheCommitThrewAndHappened() {
        ledger.handovers.add(handed(1, "one"));
        ledger.handovers.add(handed(2, "two"));
        ledger.fault = () -> {
            ledger.keep();
            throw new IllegalStateException("the answer was lost");
        };
        shard.ring().handed(1);
        shard.ring().start();
        shard.ring().handed(Work.Handed.ANY);
        await().until(ledger.handovers::isEmpty);
        assertThat(shard.ring().take(new TaskInput.HoldOver("after")).join()).isTrue();
        assertThat(taken).containsExactly("one", "two", "after");
        assertThat(ledger.journal).hasSize(3);
    }

    @Test
    void takesItOnceForAllRequestsOfABatch() {
        ledger.handovers.add(handed(1, "one"));
        shard.ring().handed(1);
        shard.ring().handed(Work.Handed.ANY);
        shard.ring().tick();
        var after = shard.ring().take(new TaskInput.HoldOver("after"));
        shard.ring().start();
        assertThat(after.join()).isTrue();
        assertThat(taken).containsExactly("one", "due", "after");
    }

    @Test
    void takesOverWhatWasSaidBeforeItDecidesWhatIsDue() {
        ledger.handovers.add(handed(1, "said"));
        shard.ring().tick();
        shard.ring().start();
        await().until(ledger.handovers::isEmpty);
        assertThat(shard.ring().take(new TaskInput.HoldOver("after")).join()).isTrue();
        assertThat(taken).containsExactly("said", "due", "after");
    }

    @Test
    void takesItAgainWhenTheCommitDidNotHappen() {
        ledger.handovers.add(handed(1, "one"));
        ledger.fault = () -> {
            taken.clear(); // its rows went with the transaction
            ledger.rollback();
            throw new IllegalStateException("the connection is gone");
        };
        shard.ring().handed(1);
        shard.ring().start();
        await().until(ledger.handovers::isEmpty);
        assertThat(taken).containsExactly("one");
        assertThat(ledger.journal).hasSize(1);
    }

    @Test
    void setsAsideTheOneThatIsPoisonAlthoughMoreComesInMeanwhile() {
        ledger.handovers.add(handed(1, "one"));
        ledger.handovers.add(handed(2, "bad"));
        ledger.handovers.add(handed(3, "three"));
        shard.ring().handed(1);
        // In the same batch, behind it.
        var after = shard.ring().take(new TaskInput.HoldOver("after"));
        shard.ring().start();
        assertThat(after.join()).isTrue();
        shard.ring().handed(1);
        await().until(ledger.handovers::isEmpty);
        assertThat(shard.ring().take(new TaskInput.HoldOver("end")).join()).isTrue();
        assertThat(taken).containsExactly("one", "three", "after", "late", "end");
        assertThat(ledger.quarantined).extracting(Ledger.Quarantined::offset).containsExactly(2L);
    }

    @Test
    void setsAsideTheOneThatEndsEveryBatchByAnErrorAndNoOther() {
        aPoisonAmongOthersIsFound();
    }

    @Test
    void anOnlyWriterSetsItAsideToo() {
        shard = shard(0, true);
        aPoisonAmongOthersIsFound();
    }

    private void aPoisonAmongOthersIsFound() {
        for (int i = 1; i <= 5; i++) {
            ledger.handovers.add(handed(1, i, "one"));
            ledger.handovers.add(handed(2, i, i == 3 ? "error" : "two"));
        }
        // Nobody says it again: it is kept until a batch is written.
        CompletableFuture<Boolean> kept = shard.ring().take(new TaskInput.HoldOver("kept"));
        shard.ring().handed(1);
        shard.ring().handed(2);
        shard.ring().start();
        await().until(() -> {
            shard.ring().tick();
            shard.ring().handed(2);
            return shard.counts().quarantinedInputs() == 1;
        });
        assertThat(kept.join()).isTrue();
        shard.ring().tick();
        shard.ring().handed(2);
        assertThat(shard.ring().take(new TaskInput.HoldOver("end")).join()).isTrue();
        assertThat(taken).hasSize(12).contains("kept", "due").endsWith("end");
        assertThat(taken.stream().filter("two"::equals)).hasSize(4);
        assertThat(ledger.quarantined)
                .hasSize(1)
                .allSatisfy(one -> assertThat(one.reason()).contains("nothing expects it"));
        assertThat(shard.counts().failures()).isEqualTo(3);
    }

    @Test
    void anEdgesWriterTakesNoRecordsWhileTooMuchWaits() {
        shard = shard(1, false);
        shard.ring().start();
        assertThat(append()).isTrue();
        ticked(); // the writer is at rest
        ledger.since = time.wall();
        for (int i = 1; i <= ShardCounts.MOST_WAITING; i++) {
            ledger.handovers.add(handed(1, i, "one"));
        }
        ticked();
        assertThat(append()).isFalse();
        assertThat(shard.counts().isBehind(time.steadyNanos())).isTrue();
        ledger.handovers.removeLast();
        ticked();
        assertThat(append()).isTrue();
        assertThat(shard.counts().isBehind(time.steadyNanos())).isFalse();
    }

    @Test
    void ticketsAreBehindWhenTheEldestHandoverHasWaitedForLong() {
        shard = shard(1, false);
        shard.ring().start();
        ledger.handovers.add(handed(1, 1, "one"));
        ledger.since = time.wall();
        ticked();
        time.advance(Duration.ofSeconds(29));
        ticked();
        assertThat(shard.counts().isBehind(time.steadyNanos())).isFalse();
        time.advance(Duration.ofSeconds(2));
        assertThat(shard.counts().isBehind(time.steadyNanos())).isTrue();
        assertThat(append()).isTrue();
        ticked(); // the writer is at rest
        ledger.since = time.wall();
        ticked();
        assertThat(shard.counts().isBehind(time.steadyNanos())).isFalse();
    }

    @Test
    void ticketsAreBehindAlthoughAnotherHandoverIsTheEldestEachSecond() {
        shard = shard(1, false);
        shard.ring().start();
        for (int i = 1; i <= 40; i++) {
            ledger.handovers.add(handed(1, i, "one"));
            ledger.handovers.add(handed(1, 100 + i, "two"));
            ledger.since = time.wall().minusSeconds(i);
            ticked();
            assertThat(shard.counts().isBehind(time.steadyNanos())).isEqualTo(i > 30);
            time.advance(Duration.ofSeconds(1));
            ledger.handovers.removeFirst();
            ticked(); // the writer is at rest
        }
    }

    @Test
    void oneThatHandsOverWithoutEndHoldsUpNoOther() {
        for (int i = 1; i <= 5_000; i++) {
            ledger.handovers.add(handed(1, i, "one"));
        }
        ledger.handovers.add(handed(2, 1, "two"));
        List<String> first = new ArrayList<>();
        ledger.fault = () -> {
            ledger.keep();
            first.addAll(taken);
        };
        shard.ring().tick();
        shard.ring().start();
        await().until(() -> !first.isEmpty());
        assertThat(first).contains("one", "two", "due").hasSizeLessThan(5_000);
    }

    private boolean append() {
        return shard.ring().append("edge-1", new RecordBatch(Lane.URGENT, "epoch", List.of()), reply -> {});
    }

    private void ticked() {
        shard.ring().tick();
        assertThat(shard.ring().take(new TaskInput.HoldOver("ticked")).join()).isTrue();
    }

    @Test
    void anOnlyWriterTakesWhatWasHandedOverBeforeAnythingNew() {
        shard = shard(0, true);
        for (int i = 1; i <= 600; i++) {
            ledger.handovers.add(handed(i, "old"));
        }
        var fresh = shard.ring().take(new TaskInput.HoldOver("new"));
        shard.ring().start();
        assertThat(fresh.join()).isTrue();
        assertThat(taken).hasSize(601).endsWith("new");
        assertThat(ledger.handovers).isEmpty();
    }

    /** As at a start: the request is alone in its batch, and the edge's next word is there before the batch is written. */
    @Test
    void anOnlyWriterTakesWhatAllShardsHandedOverBeforeAnEndThatIsThereAlready() {
        shard = shard(0, true);
        for (int i = 1; i <= 600; i++) {
            ledger.handovers.add(handed(1, i, "begun"));
        }
        ledger.handovers.add(handed(2, 1, "begun"));
        CompletableFuture<Boolean> end = new CompletableFuture<>();
        ledger.fault = () -> {
            shard.ring().take(new TaskInput.HoldOver("end")).thenAccept(end::complete);
            ledger.keep();
        };
        shard.ring().handed(Work.Handed.ANY);
        shard.ring().start();
        assertThat(end.join()).isTrue();
        assertThat(taken).hasSize(602).endsWith("begun", "end");
    }

    @Test
    void liesInTheJournalWithWhereItCameFrom() {
        Input.HandedOver input = handed(7, "one");
        Input.HandedOver read = (Input.HandedOver) InputForm.decode(InputForm.encode(0, 5, NOW, input));
        assertThat(read.from()).isEqualTo(input.from());
        assertThat(read.edge()).isEqualTo("edge-1");
        assertThat(read.texts()).isEqualTo(Map.of("what", "test"));
        assertThat(new String(read.body(), UTF_8)).isEqualTo("one");
        Input.HandedOver own = new Input.HandedOver(null, "edge-1", input.bytes());
        assertThat(((Input.HandedOver) InputForm.decode(InputForm.encode(0, 6, NOW, own))).from())
                .isNull();
    }

    private static Input.HandedOver handed(long offset, String what) {
        return handed(1, offset, what);
    }

    private static Input.HandedOver handed(int by, long offset, String what) {
        return new Input.HandedOver(
                new Input.From(0, by, offset, 0),
                "edge-1",
                HandoverForm.encode(Map.of("what", "test"), what.getBytes(UTF_8)));
    }
}
