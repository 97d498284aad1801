package io.fengsui.edge.uplink;

import io.fengsui.edge.spool.Spool;
import io.fengsui.edge.spool.room.SpoolView;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.Acknowledgement;
import io.fengsui.protocol.link.ForkReport;
import io.fengsui.protocol.link.Heartbeat;
import io.fengsui.protocol.link.Refusal;
import io.fengsui.protocol.link.Welcome;
import io.fengsui.protocol.wire.EnvelopeChecksum;
import io.fengsui.protocol.wire.MalformedMessageException;
import io.fengsui.protocol.wire.WireDownlink;
import io.fengsui.protocol.wire.WireEnvelopes;
import io.fengsui.protocol.wire.WireLink;
import io.fengsui.protocol.wire.v1.FromEdge;
import io.fengsui.protocol.wire.v1.FromHub;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One conversation: hello, welcome, records; it ends once and tells its owner why. Confined to {@code uplink}.
 *
 * <pre>
 * GREETING --welcome--> CONNECTED --error, silence, gap--> ended
 *    |--refusal--> ended     |--prefix differs--> fork told, ended
 * </pre>
 */
final class LinkSession implements ClientResponseObserver<FromEdge, FromHub> {
    private static final int SILENT_HEARTBEATS = 2;
    private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(10);
    /** How often it is looked whether the hub is still heard of. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** How a session ended. */
    sealed interface End {
        record Lost(String detail) implements End {}

        record Refused(Refusal refusal) implements End {}

        record Forked(String detail) implements End {}

        /** The edge ends it, to say hello anew at once. */
        record Renewed(String detail) implements End {}
    }

    /** Told of the session's fate. Called on {@code uplink}. */
    interface Owner {
        void onConnected(LinkSession session, Welcome welcome);

        /** Something was acknowledged or sent: pictures may be due. */
        void onProgress(LinkSession session);

        void onEnd(LinkSession session, End end);
    }

    private final LinkContext context;
    private final Downlink downlink;
    private final Owner owner;
    private final Spool spool;
    /** What the hub is told. */
    private final SpoolView.Heads heads;

    private final SessionLanes lanes;
    private final Outflow outflow;
    private @Nullable ClientCallStreamObserver<FromEdge> stream;
    private @Nullable ScheduledFuture<?> heartbeats;
    private @Nullable ScheduledFuture<?> looks;
    private Duration clockOffset = Duration.ZERO;
    private long heardNanos;
    private long acknowledgements;
    private boolean ended;

    LinkSession(LinkContext context, Downlink downlink, Owner owner) {
        this.context = context;
        this.downlink = downlink;
        this.owner = owner;
        this.spool = context.spool();
        this.heads = spool.heads();
        this.lanes = new SessionLanes(context, heads.epoch());
        this.outflow = new Outflow(context, lanes);
        this.heardNanos = context.time().steadyNanos();
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<FromEdge> requests) {
        stream = requests;
        requests.setOnReadyHandler(this::pump);
    }

    /** Says hello; the stream is open or opening. */
    void greet() {
        send(WireEnvelopes.fromEdge(context.self().hello(heads.epoch(), heads.lanes())));
        context.executor()
                .schedule(
                        this::requireWelcome,
                        context.settings().timing().greeting().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void requireWelcome() {
        if (!lanes.isOpen()) {
            end(new End.Lost("the hub did not answer the hello in time"));
        }
    }

    @Override
    public void onNext(FromHub message) {
        if (ended) {
            return;
        }
        if (!EnvelopeChecksum.isWhole(message)) {
            end(new End.Lost("a message of the hub was damaged on the way"));
            return;
        }
        heardNanos = context.time().steadyNanos();
        try {
            switch (message.getMessageCase()) {
                case WELCOME -> onWelcome(WireLink.fromMessage(message.getWelcome()));
                case REFUSAL -> end(new End.Refused(WireLink.fromMessage(message.getRefusal())));
                case ACKNOWLEDGEMENT -> onAcknowledgement(WireLink.fromMessage(message.getAcknowledgement()));
                case ORDER ->
                    downlink.onOrder(
                            WireDownlink.fromMessage(message.getOrder()),
                            clockOffset,
                            receipt -> send(WireEnvelopes.fromEdge(receipt)));
                case QUESTION ->
                    downlink.onQuestion(
                            WireDownlink.fromMessage(message.getQuestion()),
                            clockOffset,
                            answer -> send(WireEnvelopes.fromEdge(answer)));
                case HEARTBEAT_REPLY, MESSAGE_NOT_SET -> {}
            }
        } catch (MalformedMessageException | IllegalArgumentException e) {
            end(new End.Lost("the hub broke the contract: " + e.getMessage()));
        } catch (SpoolException e) {
            end(new End.Lost(String.valueOf(e.getMessage())));
        }
    }

    private void onWelcome(Welcome welcome) {
        if (lanes.isOpen()) {
            end(new End.Lost("the hub welcomed twice"));
            return;
        }
        clockOffset = welcome.clockOffset();
        if (!lanes.isCurrent()) {
            end(new End.Renewed(lanes.outdated()));
            return;
        }
        context.volatileEvents().again();
        SessionLanes.Fork fork = lanes.open(welcome);
        if (fork != null) {
            reportFork(fork.lane(), fork.point());
            return;
        }
        startHeartbeats(welcome.heartbeat());
        owner.onConnected(this, welcome);
        pump();
    }

    private void reportFork(Lane lane, ResumePoint point) {
        long position = point.hub().position();
        send(WireEnvelopes.fromEdge(
                new ForkReport(lane, position, point.ownHash(), point.hub().prefixHash())));
        end(new End.Forked("lane " + lane + " differs from the hub's at " + position + ": " + point.reason()));
    }

    private void onAcknowledgement(Acknowledgement acknowledgement) {
        if (!lanes.acknowledge(acknowledgement)) {
            end(new End.Lost("the hub acknowledged what was not sent: " + acknowledgement));
            return;
        }
        acknowledgements++;
        pump();
    }

    /** Sends what is committed and fits: urgent as long as there is any, then a little bulk, and urgent again. */
    void pump() {
        ClientCallStreamObserver<FromEdge> requests = stream;
        if (ended || !lanes.isOpen() || requests == null) {
            return;
        }
        try {
            while (requests.isReady() && sendNext()) {
                // Until the connection or the windows are full, or nothing is left.
            }
        } catch (SpoolException e) {
            end(new End.Lost(String.valueOf(e.getMessage())));
            return;
        }
        owner.onProgress(this);
    }

    private boolean sendNext() {
        FromEdge next = outflow.poll();
        if (next != null) {
            send(next);
        }
        return next != null;
    }

    /** Whether every urgent record is sent and acknowledged. */
    boolean isUrgentDone() {
        return !ended && lanes.isUrgentDone();
    }

    boolean hasProgressed() {
        return acknowledgements > 0;
    }

    private void startHeartbeats(Duration interval) {
        long millis = interval.toMillis();
        Duration silence = interval.multipliedBy(SILENT_HEARTBEATS);
        Duration patience = silence.compareTo(SHORTEST_SILENCE) < 0 ? SHORTEST_SILENCE : silence;
        heartbeats = context.executor().scheduleAtFixedRate(this::beat, millis, millis, TimeUnit.MILLISECONDS);
        looks = context.executor()
                .scheduleAtFixedRate(() -> look(patience), LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A line may be open on this side only: then nothing comes any more, and nothing is refused. */
    private void look(Duration patience) {
        if (ended) {
            return;
        }
        String outdated = lanes.outdated();
        if (context.time().steadyNanos() - heardNanos > patience.toNanos()) {
            end(new End.Lost("the hub is silent for more than " + patience.toSeconds() + " s"));
        } else if (!outdated.isEmpty()) {
            end(new End.Renewed(outdated));
        }
    }

    private void beat() {
        ClientCallStreamObserver<FromEdge> requests = stream;
        if (ended || requests == null) {
            return;
        }
        if (requests.isReady()) {
            send(WireEnvelopes.fromEdge(new Heartbeat(
                    context.self().now(), lanes.unsent(Lane.URGENT), lanes.unsent(Lane.BULK), spool.openEvents())));
        }
    }

    private void send(FromEdge message) {
        ClientCallStreamObserver<FromEdge> requests = stream;
        if (!ended && requests != null) {
            requests.onNext(message);
        }
    }

    @Override
    public void onError(Throwable error) {
        Status status = Status.fromThrowable(error);
        end(new End.Lost(status.getCode() + ": " + status.getDescription()));
    }

    @Override
    public void onCompleted() {
        end(new End.Lost("the hub ended the conversation"));
    }

    /** Ends the session; the second end says nothing. */
    void end(End end) {
        if (ended) {
            return;
        }
        ended = true;
        Stream.of(Optional.ofNullable(heartbeats), Optional.ofNullable(looks))
                .flatMap(Optional::stream)
                .forEach(one -> one.cancel(false));
        try {
            close(end instanceof End.Forked || end instanceof End.Renewed);
        } finally {
            // Nobody would come back to the hub otherwise.
            owner.onEnd(this, end);
        }
    }

    private void close(boolean isGentle) {
        ClientCallStreamObserver<FromEdge> requests = stream;
        if (requests != null) {
            if (isGentle) {
                requests.onCompleted();
            } else {
                requests.cancel("edge ends the session", null);
            }
        }
    }
}
