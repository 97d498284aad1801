package io.fengsui.edge.spool;

import static io.fengsui.edge.spool.TestingEvents.event;
import static io.fengsui.edge.spool.TestingEvents.slot;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What fails of itself while it is written, and not by the disk, stops nobody else and is not lost in silence. */
class SpoolStumbleTest extends TestingStumble {
    @Test
    void aSlotThatFailsEachTimeIsSetAsideAndToldAndAllOthersAreWritten() {
        listen();
        List<Event> good = new ArrayList<>();
        Event bad = event(Lane.URGENT, Phase.BEGUN);
        for (int i = 0; i < 5; i++) {
            good.add(event(Lane.URGENT, Phase.BEGUN));
            assertThat(spool.append(slot(good.getLast()))).isTrue();
            if (i == 2) {
                assertThat(spool.append(poison(bad))).isTrue();
            }
        }

        assertThat(spool.commit()).as("nothing may be acknowledged").isFalse();
        assertThat(spool.lane(Lane.URGENT).last()).isZero();
        assertThat(spool.stats().isHealthy()).isFalse();
        assertThat(memory.ids())
                .as("urgent events meanwhile")
                .contains(bad.id())
                .hasSize(6);
        commitsUntilAllIsDone();

        assertThat(stored(Lane.URGENT))
                .containsSubsequence(
                        good.stream().map(one -> one.id().toString()).toList())
                .doesNotContain(bad.id().toString());
        assertThat(causes).as("the loss").containsExactly("refused 1");
        assertThat(memory.onlyWay).extracting(Event::id).as("its only way").containsExactly(bad.id());
        put(event(Lane.URGENT, Phase.INSTANT));
        assertThat(spool.stats().isHealthy()).isTrue();
        assertThat(spool.stats().heldSlots()).isZero();
    }

    @Test
    void nothingOfATransactionThatStumbledIsOnDiskBeforeItIsDoneAgain() throws Exception {
        Event good = event(Lane.URGENT, Phase.BEGUN);
        Event bad = event(Lane.URGENT, Phase.BEGUN);
        spool.append(slot(good));
        spool.append(poison(bad));
        assertThat(spool.commit()).isFalse();
        assertThat(number("SELECT count(*) FROM record")).isZero();
        spool.close();
        assertThat(number("SELECT count(*) FROM record"))
                .as("the end writes what can be")
                .isLessThanOrEqualTo(1);
        open();
    }

    @Test
    @SuppressWarnings("NullAway") // that is what is wrong with it
    void anOrderThatCannotBeClaimedIsRefusedAndAllElseIsWritten() {
        CompletableFuture<Boolean> bad = spool.claimOrder(null);
        CompletableFuture<Boolean> good = spool.claimOrder(new UUID(1, 2));
        Event alarm = event(Lane.URGENT, Phase.BEGUN);
        spool.append(slot(alarm));
        assertThat(spool.commit()).isFalse();
        assertThat(good).isNotDone();
        commitsUntilAllIsDone();
        assertThat(bad).isCompletedExceptionally();
        assertThat(good).isCompletedWithValue(true);
        assertThat(stored(Lane.URGENT)).containsExactly(alarm.id().toString());
    }

    @Test
    void wordsOfLossesThatCannotBeMadeKeepNothingElseFromTheDisk() {
        spool.tellGapsBy((gap, now) -> {
            throw new IllegalStateException("no words");
        });
        Event bad = event(Lane.URGENT, Phase.BEGUN);
        Event good = event(Lane.URGENT, Phase.BEGUN);
        spool.append(poison(bad));
        spool.append(slot(good));
        commitsUntilAllIsDone();
        assertThat(stored(Lane.URGENT)).containsExactly(good.id().toString());
        listen();
        time.advance(Duration.ofMinutes(10));
        commitsUntilAllIsDone();
        assertThat(causes).as("told when there are words").containsExactly("refused 1");
    }

    @Test
    void aListenerThatThrowsTakesNothingBack() {
        spool.onCommit(() -> {
            throw new IllegalStateException("not mine");
        });
        put(event(Lane.URGENT, Phase.BEGUN));
        put(event(Lane.URGENT, Phase.BEGUN));
        assertThat(spool.lane(Lane.URGENT).last()).isEqualTo(2);
    }

    @Test
    void atTheEndAllThatCanBeWrittenIsWrittenAndTheLossIsKeptForTheNextStart() throws Exception {
        spool.append(slot(event(Lane.URGENT, Phase.BEGUN)));
        spool.append(poison(event(Lane.URGENT, Phase.BEGUN)));
        spool.append(slot(event(Lane.URGENT, Phase.BEGUN)));
        spool.close();
        assertThat(number("SELECT count(*) FROM record")).isEqualTo(2);
        assertThat(number("SELECT count(*) FROM gap")).isEqualTo(1);
        open();
    }
}
