package io.fengsui.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.InvalidProtocolBufferException;
import io.fengsui.protocol.wire.v1.EvidenceUpload;
import io.fengsui.protocol.wire.v1.FromEdge;
import io.fengsui.protocol.wire.v1.FromHub;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever a peer sends, reading it gives a value or a MalformedMessageException with a text, and nothing else. */
class WireFuzzTest {
    @FuzzTest
    void readsAnyBody(byte[] bytes) {
        try {
            WireRecords.encode(WireRecords.decode(bytes));
        } catch (MalformedMessageException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    @FuzzTest
    void readsAnyEnvelope(byte[] bytes) {
        try {
            readFromEdge(FromEdge.parseFrom(bytes));
            readFromHub(FromHub.parseFrom(bytes));
            EvidenceUpload upload = EvidenceUpload.parseFrom(bytes);
            WireEvidence.fromMessage(upload.getChunk());
        } catch (MalformedMessageException | InvalidProtocolBufferException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    /** Flips and cuts good messages, so that the ordinary run sees damaged ones too. */
    @Test
    void readsDamagedMessages() {
        SplittableRandom random = new SplittableRandom(7);
        for (int seed = 0; seed < 3_000; seed++) {
            RandomValues any = new RandomValues(seed);
            byte[] body = WireRecords.encode(any.event());
            byte[] envelope = WireEnvelopes.volatileEvent(any.event()).toByteArray();
            readsAnyBody(damaged(body, random));
            readsAnyEnvelope(damaged(envelope, random));
        }
    }

    private static byte[] damaged(byte[] bytes, SplittableRandom random) {
        byte[] copy = java.util.Arrays.copyOf(bytes, bytes.length - random.nextInt(Math.min(4, bytes.length)));
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            copy[random.nextInt(copy.length)] = (byte) random.nextInt();
        }
        return copy;
    }

    private static void readFromEdge(FromEdge message) throws MalformedMessageException {
        switch (message.getMessageCase()) {
            case HELLO -> WireLink.fromMessage(message.getHello());
            case RECORDS -> WireRecords.fromMessage(message.getRecords());
            case HEARTBEAT -> WireLink.fromMessage(message.getHeartbeat());
            case ORDER_RECEIPT -> WireDownlink.fromMessage(message.getOrderReceipt());
            case ANSWER -> WireDownlink.fromMessage(message.getAnswer());
            case FORK -> WireLink.fromMessage(message.getFork());
            case VOLATILE_EVENT ->
                WireEvents.fromMessage(message.getVolatileEvent().getEvent());
            case MESSAGE_NOT_SET -> {}
        }
    }

    private static void readFromHub(FromHub message) throws MalformedMessageException {
        switch (message.getMessageCase()) {
            case WELCOME -> WireLink.fromMessage(message.getWelcome());
            case REFUSAL -> WireLink.fromMessage(message.getRefusal());
            case ACKNOWLEDGEMENT -> WireLink.fromMessage(message.getAcknowledgement());
            case ORDER -> WireDownlink.fromMessage(message.getOrder());
            case QUESTION -> WireDownlink.fromMessage(message.getQuestion());
            case HEARTBEAT_REPLY ->
                WireValues.fromMessage(message.getHeartbeatReply().getClock());
            case MESSAGE_NOT_SET -> {}
        }
    }
}
