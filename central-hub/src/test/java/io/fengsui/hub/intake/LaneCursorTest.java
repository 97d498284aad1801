package io.fengsui.hub.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.intake.LaneCursor.Checked;
import io.fengsui.hub.intake.LaneCursor.CursorReason;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.EvidenceLost;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.RecordBody;
import io.fengsui.protocol.Tombstone;
import io.fengsui.protocol.link.LanePosition;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.link.RecordBatch;
import io.fengsui.protocol.value.Sha256;
import io.fengsui.protocol.wire.PrefixHash;
import io.fengsui.protocol.wire.WireRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LaneCursorTest {
    private static final EventId EVENT = EventId.make(Instant.parse("2026-11-21T04:00:00Z"), new SplittableRandom(1));

    private static List<LaneRecord> chain(int count) {
        List<LaneRecord> records = new ArrayList<>();
        byte[] hash = PrefixHash.none();
        for (int i = 1; i <= count; i++) {
            byte[] body = encoded(new EvidenceLost(EVENT, new UUID(0, i), "lost " + i));
            hash = PrefixHash.next(hash, body);
            records.add(new LaneRecord(i, body, hash));
        }
        return records;
    }

    private static byte[] encoded(RecordBody body) {
        return WireRecords.encode(body);
    }

    private static RecordBatch batch(List<LaneRecord> records) {
        return new RecordBatch(Lane.BULK, "epoch", records);
    }

    private static LaneCursor fresh() {
        return new LaneCursor(new LanePosition(Lane.BULK, 0, Sha256.NONE));
    }

    @Test
    void recordsThatFollowAreNewsAndTheSameAgainIsKnown() {
        LaneCursor cursor = fresh();
        assertThat(cursor.check(batch(chain(3))).reason()).isEqualTo(CursorReason.NEWS);
        assertThat(cursor.check(batch(chain(3))).reason()).isEqualTo(CursorReason.KNOWN);
        Checked more = cursor.check(batch(chain(5)));
        assertThat(more.fresh()).extracting(LaneRecord::sequence).containsExactly(4L, 5L);
    }

    @Test
    void aMissingPositionIsAGap() {
        assertThat(fresh().check(batch(chain(3).subList(1, 3))).reason()).isEqualTo(CursorReason.GAP);
    }

    @Test
    void anotherPastIsAWrongHashAndChangesNothing() {
        LaneCursor cursor = fresh();
        cursor.check(batch(chain(2)));
        byte[] body = encoded(new EvidenceLost(EVENT, new UUID(9, 9), "of another spool"));
        LaneRecord foreign = new LaneRecord(3, body, PrefixHash.next(PrefixHash.none(), body));
        assertThat(cursor.check(batch(List.of(foreign))).reason()).isEqualTo(CursorReason.WRONG_HASH);
        assertThat(cursor.position()).isEqualTo(2);
        assertThat(cursor.check(batch(chain(3))).reason()).isEqualTo(CursorReason.NEWS);
    }

    @Test
    void aTombstoneKeepsTheHashOfWhatItReplacedAndTheChainGoesOnFromIt() {
        List<LaneRecord> records = chain(4);
        byte[] tombstone = encoded(new Tombstone(Tombstone.Why.EVICTED, EVENT, 1, new EventKind("safety.intrusion")));
        records.set(1, new LaneRecord(2, tombstone, records.get(1).prefixHash()));
        Checked checked = fresh().check(batch(records));
        assertThat(checked.reason()).isEqualTo(CursorReason.NEWS);
        assertThat(checked.fresh()).hasSize(4);
    }
}
