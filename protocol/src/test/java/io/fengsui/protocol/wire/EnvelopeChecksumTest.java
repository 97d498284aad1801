package io.fengsui.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Tombstone;
import io.fengsui.protocol.link.Acknowledgement;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.link.RecordBatch;
import io.fengsui.protocol.wire.v1.FromEdge;
import io.fengsui.protocol.wire.v1.FromHub;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EnvelopeChecksumTest {
    private static final int BITS = 8;

    private final FromEdge records = WireEnvelopes.fromEdge(new RecordBatch(
            Lane.URGENT,
            "epoch-1",
            List.of(new LaneRecord(
                    1,
                    WireRecords.encode(new Tombstone(
                            Tombstone.Why.EVICTED,
                            EventId.make(Instant.parse("2026-11-21T04:00:00Z"), new Random(1)),
                            1,
                            new EventKind("traffic.stopped"))),
                    PrefixHash.none()))));

    @Test
    void anEnvelopeIsWholeAsItWasSent() throws InvalidProtocolBufferException {
        assertThat(EnvelopeChecksum.isWhole(FromEdge.parseFrom(records.toByteArray())))
                .isTrue();
        FromHub said = WireEnvelopes.fromHub(new Acknowledgement(Lane.URGENT, "epoch-1", 7));
        assertThat(EnvelopeChecksum.isWhole(FromHub.parseFrom(said.toByteArray())))
                .isTrue();
    }

    @Test
    void noEnvelopeWithOneWrongBitIsWhole() {
        byte[] bytes = records.toByteArray();
        for (int i = 0; i < bytes.length * BITS; i++) {
            byte[] spoilt = bytes.clone();
            spoilt[i / BITS] ^= (byte) (1 << i % BITS);
            assertThat(isWhole(spoilt)).as("bit %d", i).isFalse();
        }
    }

    private static boolean isWhole(byte[] bytes) {
        try {
            return EnvelopeChecksum.isWhole(FromEdge.parseFrom(bytes));
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
    }

    @Test
    void anEnvelopeWithoutChecksumIsNotBelieved() {
        assertThat(EnvelopeChecksum.isWhole(records.toBuilder().clearChecksum().build()))
                .isFalse();
    }
}
