package io.fengsui.protocol.wire;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.link.Acknowledgement;
import io.fengsui.protocol.link.Answer;
import io.fengsui.protocol.link.ForkReport;
import io.fengsui.protocol.link.Heartbeat;
import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.link.Order;
import io.fengsui.protocol.link.Question;
import io.fengsui.protocol.link.RecordBatch;
import io.fengsui.protocol.link.Refusal;
import io.fengsui.protocol.link.Welcome;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.wire.v1.FromEdge;
import io.fengsui.protocol.wire.v1.FromHub;
import io.fengsui.protocol.wire.v1.HeartbeatReply;
import io.fengsui.protocol.wire.v1.VolatileEvent;

/**
 * What goes into the two streams. A receiver switches on the envelope's case and passes over one that is not set: it is of
 * a later version. Each carries its {@link EnvelopeChecksum}. Pure.
 */
public final class WireEnvelopes {
    private WireEnvelopes() {}

    public static FromEdge fromEdge(Hello hello) {
        return EnvelopeChecksum.seal(FromEdge.newBuilder().setHello(WireLink.toMessage(hello)));
    }

    public static FromEdge fromEdge(RecordBatch records) {
        return EnvelopeChecksum.seal(FromEdge.newBuilder().setRecords(WireRecords.toMessage(records)));
    }

    public static FromEdge fromEdge(Heartbeat heartbeat) {
        return EnvelopeChecksum.seal(FromEdge.newBuilder().setHeartbeat(WireLink.toMessage(heartbeat)));
    }

    public static FromEdge fromEdge(Order.Receipt receipt) {
        return EnvelopeChecksum.seal(FromEdge.newBuilder().setOrderReceipt(WireDownlink.toMessage(receipt)));
    }

    public static FromEdge fromEdge(Answer answer) {
        return EnvelopeChecksum.seal(FromEdge.newBuilder().setAnswer(WireDownlink.toMessage(answer)));
    }

    public static FromEdge fromEdge(ForkReport fork) {
        return EnvelopeChecksum.seal(FromEdge.newBuilder().setFork(WireLink.toMessage(fork)));
    }

    /** An event sent past the spool. */
    public static FromEdge volatileEvent(Event event) {
        return EnvelopeChecksum.seal(FromEdge.newBuilder()
                .setVolatileEvent(VolatileEvent.newBuilder().setEvent(WireEvents.toMessage(event))));
    }

    public static FromHub fromHub(Welcome welcome) {
        return EnvelopeChecksum.seal(FromHub.newBuilder().setWelcome(WireLink.toMessage(welcome)));
    }

    public static FromHub fromHub(Refusal refusal) {
        return EnvelopeChecksum.seal(FromHub.newBuilder().setRefusal(WireLink.toMessage(refusal)));
    }

    public static FromHub fromHub(Acknowledgement acknowledgement) {
        return EnvelopeChecksum.seal(FromHub.newBuilder().setAcknowledgement(WireLink.toMessage(acknowledgement)));
    }

    public static FromHub fromHub(Order order) {
        return EnvelopeChecksum.seal(FromHub.newBuilder().setOrder(WireDownlink.toMessage(order)));
    }

    public static FromHub fromHub(Question question) {
        return EnvelopeChecksum.seal(FromHub.newBuilder().setQuestion(WireDownlink.toMessage(question)));
    }

    /** The hub's answer to a heartbeat. */
    public static FromHub heartbeatReply(Moment clock) {
        return EnvelopeChecksum.seal(FromHub.newBuilder()
                .setHeartbeatReply(HeartbeatReply.newBuilder().setClock(WireValues.toMessage(clock))));
    }
}
