package io.fengsui.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.protocol.EventId;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.EvidenceLost;
import io.fengsui.protocol.Tombstone;
import io.fengsui.protocol.link.LaneRecord;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PrefixHashTest {
    private final EventId event = EventId.make(Instant.parse("2026-11-21T04:00:00Z"), new Random(1));
    private final byte[] body = WireRecords.encode(new EvidenceLost(event, new UUID(1, 2), "restart"));
    private final byte[] tombstone =
            WireRecords.encode(new Tombstone(Tombstone.Why.EVICTED, event, 1, new EventKind("traffic.stopped")));
    private final byte[] hash = PrefixHash.next(PrefixHash.none(), body);

    @Test
    void aRecordFollowsWhenItsHashIsOfItsBody() {
        assertThat(PrefixHash.isFollowedBy(PrefixHash.none(), new LaneRecord(1, body, hash)))
                .isTrue();
        assertThat(PrefixHash.isFollowedBy(hash, new LaneRecord(2, body, hash))).isFalse();
        assertThat(PrefixHash.isFollowedBy(PrefixHash.none(), new LaneRecord(1, new byte[] {1, 2, 3}, hash)))
                .isFalse();
    }

    @Test
    void aTombstoneKeepsTheHashOfTheRecordItTookThePlaceOf() {
        assertThat(PrefixHash.isFollowedBy(PrefixHash.none(), new LaneRecord(1, tombstone, hash)))
                .isTrue();
    }
}
