package io.fengsui.hub.app;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.RecordBody;
import io.fengsui.protocol.link.Answer;
import io.fengsui.protocol.link.CameraInfo;
import io.fengsui.protocol.link.Heartbeat;
import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.link.LaneState;
import io.fengsui.protocol.link.Question;
import io.fengsui.protocol.link.RecordBatch;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import io.fengsui.protocol.value.Sha256;
import io.fengsui.protocol.wire.MalformedMessageException;
import io.fengsui.protocol.wire.PrefixHash;
import io.fengsui.protocol.wire.WireDownlink;
import io.fengsui.protocol.wire.WireEnvelopes;
import io.fengsui.protocol.wire.WireRecords;
import io.fengsui.protocol.wire.v1.EdgeLinkGrpc;
import io.fengsui.protocol.wire.v1.EvidenceReceipt;
import io.fengsui.protocol.wire.v1.EvidenceUpload;
import io.fengsui.protocol.wire.v1.FromEdge;
import io.fengsui.protocol.wire.v1.FromHub;
import io.fengsui.runtime.TimeSource;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An edge as far as the hub can see: a spool in memory and a real gRPC connection. One thread at a time. */
final class TestEdge implements AutoCloseable {
    final String id;
    String epoch = "epoch-1";
    String bootId = "boot-1";
    String fingerprint = "box-1";
    private final TimeSource time;
    private final Map<Lane, List<LaneRecord>> spool = new EnumMap<>(Lane.class);
    private final Map<Lane, Long> acknowledged = new EnumMap<>(Lane.class);
    private final BlockingQueue<FromHub> inbox = new LinkedBlockingQueue<>();
    /** How the last connection failed. */
    volatile Status.@Nullable Code failure;

    private @Nullable ManagedChannel channel;
    private @Nullable StreamObserver<FromEdge> out;

    TestEdge(String id, TimeSource time) {
        this.id = id;
        this.time = time;
        for (Lane lane : Lane.values()) {
            spool.put(lane, new ArrayList<>());
            acknowledged.put(lane, 0L);
        }
    }

    Moment now() {
        return new Moment(time.wall(), ClockQuality.SYNCED, bootId, time.steadyNanos());
    }

    /** Appends to the spool; sends nothing. */
    void record(Lane lane, RecordBody body) {
        record(lane, WireRecords.encode(body));
    }

    void record(Lane lane, byte[] bytes) {
        List<LaneRecord> records = records(lane);
        byte[] previous =
                records.isEmpty() ? PrefixHash.none() : records.getLast().prefixHash();
        records.add(new LaneRecord(records.size() + 1, bytes, PrefixHash.next(previous, bytes)));
    }

    void record(Event event) {
        record(event.lane(), event);
    }

    /** Replaces a committed record by one whose hash does not follow. */
    void damageLast(Lane lane) {
        List<LaneRecord> records = records(lane);
        LaneRecord last = records.removeLast();
        records.add(new LaneRecord(last.sequence(), last.body(), PrefixHash.next(last.prefixHash(), last.body())));
    }

    void connect(int port) {
        connect(NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .directExecutor()
                .build());
    }

    void connect(ManagedChannel opened) {
        disconnect();
        inbox.clear();
        channel = opened;
        out = EdgeLinkGrpc.newStub(opened).connect(new StreamObserver<>() {
            @Override
            public void onNext(FromHub message) {
                inbox.add(message);
            }

            @Override
            public void onError(Throwable error) {
                failure = Status.fromThrowable(error).getCode();
                inbox.add(FromHub.getDefaultInstance());
            }

            @Override
            public void onCompleted() {
                inbox.add(FromHub.getDefaultInstance());
            }
        });
    }

    void hello() {
        List<LaneState> lanes = new ArrayList<>();
        spool.forEach((lane, records) -> {
            long known = Math.min(acknowledged(lane), records.size());
            Sha256 hash = known == 0
                    ? Sha256.NONE
                    : Sha256.of(records.get((int) known - 1).prefixHash());
            lanes.add(new LaneState(lane, 1, records.size(), known, hash));
        });
        out().onNext(WireEnvelopes.fromEdge(new Hello(
                Hello.PROTOCOL_VERSION,
                "0.1.0",
                new Hello.Identity(id, "site-1", new Name("凤台社区", "Fengtai"), epoch, bootId, fingerprint),
                now(),
                lanes,
                new Hello.Inventory(
                        List.of(new CameraInfo(
                                "cam-1",
                                new Name("东门摄像机", "East gate camera"),
                                new Place(new Name("东门", "East gate"), "140502-001", new Place.Position(112.8, 35.5)),
                                "")),
                        List.of(),
                        List.of()),
                "")));
    }

    /** Connects, greets, and sends each lane from where the hub stands; false when it was refused. */
    boolean serve(int port) {
        connect(port);
        hello();
        FromHub answer = await(message -> message.hasWelcome() || message.hasRefusal());
        return answer.hasWelcome();
    }

    /** Sends everything of a lane after this position, whether or not the hub has it. */
    void send(Lane lane, long after) {
        List<LaneRecord> records = records(lane);
        if (after < records.size()) {
            out().onNext(WireEnvelopes.fromEdge(
                    new RecordBatch(lane, epoch, List.copyOf(records.subList((int) after, records.size())))));
        }
    }

    /** The same, with another position and hash in it than it was sent with: as a line without TLS may spoil it. */
    void sendSpoilt(Lane lane, long after) {
        List<LaneRecord> records = records(lane);
        FromEdge sent = WireEnvelopes.fromEdge(
                new RecordBatch(lane, epoch, List.copyOf(records.subList((int) after, records.size()))));
        LaneRecord last = records.getLast();
        FromEdge spoilt = WireEnvelopes.fromEdge(new RecordBatch(
                lane,
                epoch,
                List.of(new LaneRecord(
                        last.sequence(), last.body(), PrefixHash.next(last.prefixHash(), last.body())))));
        out().onNext(spoilt.toBuilder().setChecksum(sent.getChecksum()).build());
    }

    void sendAll() {
        for (Lane lane : Lane.values()) {
            send(lane, 0);
        }
    }

    /** Waits until the hub has everything. */
    void awaitAcknowledged() {
        for (Lane lane : Lane.values()) {
            long last = records(lane).size();
            while (acknowledged(lane) < last) {
                await(FromHub::hasAcknowledgement);
            }
        }
    }

    long acknowledged(Lane lane) {
        return acknowledged.getOrDefault(lane, 0L);
    }

    /** Says an event that no disk of it takes. */
    void tellVolatile(Event event) {
        out().onNext(WireEnvelopes.volatileEvent(event));
    }

    void heartbeat(List<EventId> open) {
        out().onNext(WireEnvelopes.fromEdge(new Heartbeat(now(), 0, 0, open)));
        await(FromHub::hasHeartbeatReply);
    }

    /** What the hub asks next. */
    Question question() throws MalformedMessageException {
        return WireDownlink.fromMessage(await(FromHub::hasQuestion).getQuestion());
    }

    void answer(Question question, Answer.Finding finding) {
        out().onNext(WireEnvelopes.fromEdge(new Answer(question.id(), finding)));
    }

    /** The next message of this sort; others are passed over, acknowledgements noted. */
    FromHub await(Predicate<FromHub> wanted) {
        try {
            while (true) {
                FromHub message = inbox.poll(10, TimeUnit.SECONDS);
                if (message == null) {
                    throw new AssertionError("the hub said nothing for 10 s");
                }
                if (message.hasAcknowledgement()) {
                    Lane lane = switch (message.getAcknowledgement().getLane()) {
                        case LANE_URGENT -> Lane.URGENT;
                        case LANE_BULK -> Lane.BULK;
                        case LANE_UNSPECIFIED, UNRECOGNIZED -> throw new AssertionError("no lane");
                    };
                    acknowledged.merge(lane, message.getAcknowledgement().getPosition(), Math::max);
                }
                if (wanted.test(message)) {
                    return message;
                }
                if (message.getMessageCase() == FromHub.MessageCase.MESSAGE_NOT_SET) {
                    throw new AssertionError("the hub ended the stream");
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private List<LaneRecord> records(Lane lane) {
        return Objects.requireNonNull(spool.get(lane));
    }

    StreamObserver<FromEdge> out() {
        return Objects.requireNonNull(out, "connect first");
    }

    /** Begins to upload evidence; what the hub says of it comes into {@code receipts}. */
    StreamObserver<EvidenceUpload> upload(Queue<EvidenceReceipt> receipts) {
        return EdgeLinkGrpc.newStub(Objects.requireNonNull(channel, "connect first"))
                .uploadEvidence(new StreamObserver<>() {
                    @Override
                    public void onNext(EvidenceReceipt receipt) {
                        receipts.add(receipt);
                    }

                    @Override
                    public void onError(Throwable error) {}

                    @Override
                    public void onCompleted() {}
                });
    }

    /** Cuts the connection without a word. */
    void disconnect() {
        if (channel != null) {
            channel.shutdownNow();
            try {
                channel.awaitTermination(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            channel = null;
        }
    }

    @Override
    public void close() {
        disconnect();
    }
}
