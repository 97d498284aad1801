package io.fengsui.hub.intake;

import io.fengsui.hub.intake.greeting.Greeting;
import io.fengsui.hub.intake.greeting.GreetingReason;
import io.fengsui.hub.intake.question.HubWords;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.Acknowledgement;
import io.fengsui.protocol.link.CameraInfo;
import io.fengsui.protocol.link.ForkReport;
import io.fengsui.protocol.link.Heartbeat;
import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.link.LanePosition;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.link.Question;
import io.fengsui.protocol.link.Refusal;
import io.fengsui.protocol.link.Welcome;
import io.fengsui.protocol.wire.EnvelopeChecksum;
import io.fengsui.protocol.wire.MalformedMessageException;
import io.fengsui.protocol.wire.WireDownlink;
import io.fengsui.protocol.wire.WireEnvelopes;
import io.fengsui.protocol.wire.WireEvents;
import io.fengsui.protocol.wire.WireLink;
import io.fengsui.protocol.wire.WireRecords;
import io.fengsui.protocol.wire.v1.FromEdge;
import io.fengsui.protocol.wire.v1.FromHub;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One conversation with one edge.
 *
 * <pre>
 * WAITING ──hello──► GREETING ──committed──► SERVING ──left, refused, quiet──► OVER
 *    └───────anything else: refused──────────────────────────────────────────────┘
 * </pre>
 *
 * <p>Acknowledges only what the log has committed. All state under this object's lock; calls out of it happen without.
 */
final class EdgeSession implements StreamObserver<FromEdge> {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeSession.class);
    private static final long MAX_RECORD_BYTES = LaneRecord.MAX_BODY_BYTES;
    private static final Duration COME_AGAIN = Duration.ofSeconds(5);

    private enum State {
        WAITING,
        GREETING,
        SERVING,
        OVER
    }

    private final Intake intake;
    private final StreamObserver<FromHub> out;
    private final SessionLanes lanes;
    private final Pulse pulse;
    private State state = State.WAITING;
    private Hello.@Nullable Identity identity;
    private volatile Set<String> cameras = Set.of();

    EdgeSession(Intake intake, StreamObserver<FromHub> out) {
        this.intake = intake;
        this.out = out;
        this.pulse = new Pulse(intake);
        this.lanes = new SessionLanes(intake, this, pulse);
    }

    /** Who speaks; known once it has greeted. */
    Hello.Identity identity() {
        synchronized (this) {
            if (identity == null) {
                throw new IllegalStateException("no hello yet");
            }
            return identity;
        }
    }

    @Override
    public void onNext(FromEdge message) {
        if (!EnvelopeChecksum.isWhole(message)) {
            // Not the edge's fault, and no sign of a fork: it comes again and says the same once more.
            intake.counts().damaged();
            end("a message was damaged on the way");
            return;
        }
        Hello.Identity who;
        State now;
        synchronized (this) {
            now = state;
            who = identity;
        }
        try {
            switch (now) {
                case WAITING -> {
                    if (message.getMessageCase() != FromEdge.MessageCase.HELLO) {
                        throw new MalformedMessageException("the first word is hello");
                    }
                    greet(WireLink.fromMessage(message.getHello()));
                }
                case GREETING -> throw new MalformedMessageException("the edge speaks before it was welcomed");
                case SERVING -> {
                    if (who != null) {
                        intake.liveness().heard(who.edge());
                        serve(message, who);
                    }
                }
                case OVER -> {}
            }
        } catch (MalformedMessageException e) {
            refuse(Refusal.Cause.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    private void greet(Hello hello) {
        cameras = hello.inventory().cameras().stream().map(CameraInfo::id).collect(Collectors.toUnmodifiableSet());
        synchronized (this) {
            identity = hello.identity();
            state = State.GREETING;
        }
        Refusal.Cause cause = intake.sessions().enter(this, hello.identity());
        if (cause != null) {
            refuse(
                    cause,
                    cause == Refusal.Cause.OVERLOADED ? "the hub is stopping" : "this identity has a session already");
            return;
        }
        intake.liveness().heard(hello.identity().edge());
        Duration offset = pulse.begin(hello);
        if (!intake.log().greet(hello, offset, greeting -> onGreeting(greeting, offset))) {
            refuse(Refusal.Cause.OVERLOADED, "the hub is busy");
        }
    }

    private void onGreeting(Greeting greeting, Duration offset) {
        switch (greeting) {
            case Greeting.Refused refused -> {
                if (refused.cause() == Refusal.Cause.FORK && refused.reason() != GreetingReason.EPOCH_FORKED) {
                    Hello.Identity who = identity();
                    intake.sessions().tellFork(new EventLog.Fork(who.edge(), who.epoch(), false, refused.detail()));
                }
                refuse(refused.cause(), refused.detail());
            }
            case Greeting.Served served -> welcome(served.positions(), offset);
        }
    }

    private void welcome(List<LanePosition> positions, Duration offset) {
        synchronized (this) {
            if (state != State.GREETING) {
                return;
            }
            state = State.SERVING;
            lanes.open(positions);
            send(WireEnvelopes.fromHub(new Welcome(
                    UUID.randomUUID().toString(),
                    Hello.PROTOCOL_VERSION,
                    intake.clock(),
                    positions,
                    intake.settings().heartbeat(),
                    MAX_RECORD_BYTES,
                    intake.settings().windowBytes(),
                    offset)));
        }
        intake.questions().connected(identity().edge(), cameras, this::ask, this);
        LOG.info("edge connected edge={} offset={}", identity().edge(), offset);
    }

    private void serve(FromEdge message, Hello.Identity who) throws MalformedMessageException {
        switch (message.getMessageCase()) {
            case RECORDS -> lanes.take(WireRecords.fromMessage(message.getRecords()), who);
            case HEARTBEAT -> heartbeat(WireLink.fromMessage(message.getHeartbeat()), who);
            case VOLATILE_EVENT -> {
                Event event = WireEvents.fromMessage(message.getVolatileEvent().getEvent());
                if (!intake.log().appendVolatile(who.edge(), WireRecords.encode(HubWords.without(event)))) {
                    LOG.warn("a volatile event is lost, the hub is busy edge={} event={}", who.edge(), event.id());
                }
            }
            case FORK -> {
                ForkReport fork = WireLink.fromMessage(message.getFork());
                String detail = "the edge's own past of lane " + fork.lane() + " differs at " + fork.position();
                intake.sessions().tellFork(new EventLog.Fork(who.edge(), who.epoch(), true, detail));
                refuse(Refusal.Cause.FORK, detail);
            }
            case HELLO -> throw new MalformedMessageException("hello is said once");
            case ANSWER -> intake.questions().answered(who.edge(), WireDownlink.fromMessage(message.getAnswer()));
            // Nothing is ordered yet; and a word of a later version is passed over.
            case ORDER_RECEIPT, MESSAGE_NOT_SET ->
                LOG.debug("passed over {} edge={}", message.getMessageCase(), who.edge());
        }
    }

    /** Up to here the lane is committed. */
    void acknowledge(Lane lane, long position) {
        synchronized (this) {
            if (state == State.SERVING && identity != null && position > 0) {
                send(WireEnvelopes.fromHub(new Acknowledgement(lane, identity.epoch(), position)));
            }
        }
    }

    private void heartbeat(Heartbeat heartbeat, Hello.Identity who) {
        pulse.beat(heartbeat, who.edge());
        synchronized (this) {
            if (state == State.SERVING) {
                send(WireEnvelopes.heartbeatReply(intake.clock()));
            }
        }
    }

    /** Tells the edge why it is not served, and ends. */
    void refuse(Refusal.Cause cause, String detail) {
        Hello.Identity who;
        synchronized (this) {
            if (state == State.OVER) {
                return;
            }
            state = State.OVER;
            who = identity;
            String text = detail.length() > 500 ? detail.substring(0, 500) : detail;
            send(WireEnvelopes.fromHub(new Refusal(cause, text, "", COME_AGAIN)));
            complete();
        }
        intake.counts().refused(cause);
        LOG.warn("edge refused edge={} cause={}: {}", who == null ? "?" : who.edge(), cause, detail);
        leave(who, detail);
    }

    /** Ends the conversation from this side. */
    void end(String detail) {
        over(detail, true);
    }

    @Override
    public void onError(Throwable error) {
        over("the connection broke", false);
    }

    @Override
    public void onCompleted() {
        over("the edge said goodbye", true);
    }

    private void over(String detail, boolean isOpen) {
        Hello.Identity who;
        synchronized (this) {
            if (state == State.OVER) {
                return;
            }
            state = State.OVER;
            who = identity;
            if (isOpen) {
                complete();
            }
        }
        LOG.info("edge disconnected edge={}: {}", who == null ? "?" : who.edge(), detail);
        leave(who, detail);
    }

    private void ask(Question question) {
        synchronized (this) {
            if (state == State.SERVING) {
                send(WireEnvelopes.fromHub(question));
            }
        }
    }

    private void leave(Hello.@Nullable Identity who, String detail) {
        if (who != null) {
            intake.questions().left(who.edge(), this);
            intake.sessions().leave(this, who.edge(), detail);
        }
    }

    private void send(FromHub message) {
        try {
            out.onNext(message);
        } catch (RuntimeException e) {
            LOG.debug("the edge is gone already", e);
        }
    }

    private void complete() {
        try {
            out.onCompleted();
        } catch (RuntimeException e) {
            LOG.debug("the edge is gone already", e);
        }
    }
}
