package io.fengsui.hub.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.RecordBatch;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An edges' writer sees how far the writer of tickets is behind, and takes no records while too much waits. */
class ShardBehindTest extends HandoversTest {
    @BeforeEach
    void start() {
        shard = shard(1, false);
        shard.ring().start();
    }

    @Test
    void anEdgesWriterTakesNoRecordsWhileTooMuchWaits() {
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

    private boolean append() {
        return shard.ring().append("edge-1", new RecordBatch(Lane.URGENT, "epoch", List.of()), reply -> {});
    }

    private void ticked() {
        shard.ring().tick();
        assertThat(shard.ring().take(new TaskInput.HoldOver("ticked")).join()).isTrue();
    }
}
