package io.fengsui.hub.shard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.input.InputForm;
import io.fengsui.hub.shard.input.TaskInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What other shards hand over has one effect, whatever the database does, and one that is poison harms no other. */
class ShardHandoverTest extends HandoversTest {
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
}
