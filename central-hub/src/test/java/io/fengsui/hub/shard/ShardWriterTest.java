package io.fengsui.hub.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.intake.EventLog.Appended;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.input.InputForm;
import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.hub.shard.stage.Turn;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.link.RecordBatch;
import io.fengsui.runtime.ManualTimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a shard does when its commit, its stages or its rows fail. */
class ShardWriterTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

    private final MemoryLedger ledger = new MemoryLedger();
    private final FaultyStage stage = new FaultyStage();
    private final BlockingQueue<Appended> replies = new LinkedBlockingQueue<>();
    private Shard shard;

    /** Throws what it is told to on a record of one byte; refuses a row of another. */
    private static final class FaultyStage implements Stage {
        static final byte ERROR = 1;
        static final byte MISTAKE = 2;
        static final byte ROW = 3;
        final List<Byte> taken = new ArrayList<>();
        private boolean hasBadRow;

        @Override
        public void take(Input input, Turn turn) {
            if (input instanceof Input.RecordTaken record) {
                byte kind = record.content().body()[0];
                if (kind == ERROR) {
                    throw new AssertionError("an error");
                }
                if (kind == MISTAKE) {
                    throw new IllegalStateException("a mistake");
                }
                hasBadRow |= kind == ROW;
                taken.add(kind);
            }
        }

        @Override
        public void write() {
            if (hasBadRow) {
                throw new RowRefusedException("table", new IllegalArgumentException("the row is too long"));
            }
        }

        @Override
        public void forget() {
            taken.clear();
            hasBadRow = false;
        }
    }

    @BeforeEach
    void start() {
        shard = Shard.of(
                0,
                new Shard.Surroundings(ledger, edge -> null, new ManualTimeSource(NOW), Duration.ofSeconds(5)),
                List.of(stage),
                List.of());
        shard.ring().start();
    }

    @AfterEach
    void stop() {
        shard.ring().close();
    }

    @Test
    void anErrorGivesUpItsBatchAndTheShardGoesOn() throws Exception {
        assertThat(append(1, FaultyStage.ERROR)).isInstanceOf(Appended.Failed.class);
        assertThat(shard.counts().isFailing()).isTrue();
        assertThat(append(1, (byte) 9)).isEqualTo(new Appended.Committed(1));
        assertThat(shard.counts().isFailing()).isFalse();
        assertThat(ledger.journal).hasSize(1);
    }

    @Test
    void setsAsideTheInputThatNoDecisionIsPossibleOnAndNoOther() throws Exception {
        assertThat(append(1, (byte) 9, FaultyStage.MISTAKE, (byte) 8)).isEqualTo(new Appended.Committed(3));
        assertThat(ledger.journal).hasSize(3);
        assertThat(ledger.quarantined).extracting(Ledger.Quarantined::offset).containsExactly(2L);
    }

    @Test
    void setsAsideTheInputsWhoseRowsTheDatabaseRefusesAndNoOthers() throws Exception {
        assertThat(append(1, (byte) 9, FaultyStage.ROW, (byte) 8, FaultyStage.ROW, (byte) 7))
                .isEqualTo(new Appended.Committed(5));
        assertThat(stage.taken).containsExactly((byte) 9, (byte) 8, (byte) 7);
        assertThat(ledger.quarantined).extracting(Ledger.Quarantined::offset).containsExactly(2L, 4L);
        assertThat(ledger.quarantined)
                .allSatisfy(one -> assertThat(one.reason()).contains("too long"));
    }

    @Test
    void whatWasCommittedAlthoughTheCommitThrewIsAcknowledgedOnce() throws Exception {
        ledger.fault = () -> {
            ledger.keep();
            throw new IllegalStateException("the answer was lost");
        };
        assertThat(append(1, (byte) 9)).isEqualTo(new Appended.Committed(1));
        assertThat(ledger.journal).hasSize(1);
    }

    @Test
    void whatAnotherHubWroteMeanwhileIsNotTakenForItsOwn() throws Exception {
        ledger.fault = () -> {
            ledger.rollback();
            ledger.journal.add(InputForm.encode(0, 1, NOW, new Input.EdgeLeft("other", "as another hub says")));
            throw new IllegalStateException("the connection is gone");
        };
        assertThat(append(1, (byte) 9)).isEqualTo(new Appended.Committed(1));
        assertThat(ledger.journal).extracting(entry -> entry.kind()).containsExactly("goodbye", "record");
        assertThat(ledger.journal.getLast().offset()).isEqualTo(2);
    }

    private Appended append(long first, byte... bodies) throws InterruptedException {
        List<LaneRecord> records = new ArrayList<>();
        for (int i = 0; i < bodies.length; i++) {
            records.add(new LaneRecord(first + i, new byte[] {bodies[i]}, new byte[32]));
        }
        assertThat(shard.ring().append("edge-1", new RecordBatch(Lane.URGENT, "epoch", records), replies::add))
                .isTrue();
        Appended reply = replies.poll(20, TimeUnit.SECONDS);
        assertThat(reply).isNotNull();
        return reply;
    }
}
