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
 * a later version. Pure.
 */
public final class WireEnvelopes {
    private WireEnvelopes() {}

    public static FromEdge fromEdge(Hello hello) {
        return FromEdge.newBuilder().setHello(WireLink.toMessage(hello)).build();
    }

    public static FromEdge fromEdge(RecordBatch records) {
        return FromEdge.newBuilder().setRecords(WireRecords.toMessage(records)).build();
    }

    public static FromEdge fromEdge(Heartbeat heartbeat) {
        return FromEdge.newBuilder().setHeartbeat(WireLink.toMessage(heartbeat)).build();
    }

    public static FromEdge fromEdge(Order.Receipt receipt) {
        return FromEdge.newBuilder()
                .setOrderReceipt(WireDownlink.toMessage(receipt))
                .build();
    }

    public static FromEdge fromEdge(Answer answer) {
        return FromEdge.newBuilder().setAnswer(WireDownlink.toMessage(answer)).build();
    }

    public static FromEdge fromEdge(ForkReport fork) {
        return FromEdge.newBuilder().setFork(WireLink.toMessage(fork)).build();
    }

    /** An event sent past the spool. */
    public static FromEdge volatileEvent(Event event) {
        return FromEdge.newBuilder()
                .setVolatileEvent(VolatileEvent.newBuilder().setEvent(WireEvents.toMessage(event)))
                .build();
    }

    public static FromHub fromHub(Welcome welcome) {
        return FromHub.newBuilder().setWelcome(WireLink.toMessage(welcome)).build();
    }

    public static FromHub fromHub(Refusal refusal) {
        return FromHub.newBuilder().setRefusal(WireLink.toMessage(refusal)).build();
    }

    public static FromHub fromHub(Acknowledgement acknowledgement) {
        return FromHub.newBuilder()
                .setAcknowledgement(WireLink.toMessage(acknowledgement))
                .build();
    }

    public static FromHub fromHub(Order order) {
        return FromHub.newBuilder().setOrder(WireDownlink.toMessage(order)).build();
    }

    public static FromHub fromHub(Question question) {
        return FromHub.newBuilder()
                .setQuestion(WireDownlink.toMessage(question))
                .build();
    }

    /** The hub's answer to a heartbeat. */
    public static FromHub heartbeatReply(Moment clock) {
        return FromHub.newBuilder()
                .setHeartbeatReply(HeartbeatReply.newBuilder().setClock(WireValues.toMessage(clock)))
                .build();
    }
}
