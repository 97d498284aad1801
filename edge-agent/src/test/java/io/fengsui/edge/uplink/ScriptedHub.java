package io.fengsui.edge.uplink;

import io.fengsui.edge.spool.TestingEvents;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.Acknowledgement;
import io.fengsui.protocol.link.ForkReport;
import io.fengsui.protocol.link.Heartbeat;
import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.link.LanePosition;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.link.Order;
import io.fengsui.protocol.link.RecordBatch;
import io.fengsui.protocol.link.Refusal;
import io.fengsui.protocol.link.Welcome;
import io.fengsui.protocol.value.Sha256;
import io.fengsui.protocol.wire.MalformedMessageException;
import io.fengsui.protocol.wire.WireDownlink;
import io.fengsui.protocol.wire.WireEnvelopes;
import io.fengsui.protocol.wire.WireEvents;
import io.fengsui.protocol.wire.WireLink;
import io.fengsui.protocol.wire.WireRecords;
import io.fengsui.protocol.wire.v1.EdgeLinkGrpc;
import io.fengsui.protocol.wire.v1.EvidenceUpload;
import io.fengsui.protocol.wire.v1.FromEdge;
import io.fengsui.protocol.wire.v1.FromHub;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A hub over real gRPC that does what a test says. */
final class ScriptedHub extends EdgeLinkGrpc.EdgeLinkImplBase implements AutoCloseable {
    final Server server;
    final List<Hello> hellos = new CopyOnWriteArrayList<>();
    final List<Long> helloNanos = new CopyOnWriteArrayList<>();
    final Map<Lane, List<LaneRecord>> records = new ConcurrentHashMap<>();
    final Map<Lane, List<Long>> arrivals = new ConcurrentHashMap<>();
    final Map<Lane, LanePosition> positions = new ConcurrentHashMap<>();
    final List<Lane> batchLanes = new CopyOnWriteArrayList<>();
    final List<ForkReport> forks = new CopyOnWriteArrayList<>();
    final List<Heartbeat> heartbeats = new CopyOnWriteArrayList<>();
    /** Events past the lanes, and when they came. */
    final Map<EventId, Long> past = new ConcurrentHashMap<>();

    final List<Order.Receipt> receipts = new CopyOnWriteArrayList<>();
    final ScriptedPictures pictures = new ScriptedPictures();
    final List<String> authorizations = new CopyOnWriteArrayList<>();

    volatile boolean acknowledges = true;
    volatile int spoiltWelcomes;
    volatile boolean dropsAfterRecords;
    volatile @Nullable Refusal refusal;
    volatile long windowBytes = 1 << 20;
    volatile Duration clockOffset = Duration.ZERO;
    volatile @Nullable StreamObserver<FromHub> session;

    ScriptedHub() throws IOException {
        this(InsecureServerCredentials.create());
    }

    ScriptedHub(ServerCredentials credentials) throws IOException {
        for (Lane lane : Lane.values()) {
            records.put(lane, new CopyOnWriteArrayList<>());
            positions.put(lane, new LanePosition(lane, 0, Sha256.NONE));
        }
        server = Grpc.newServerBuilderForPort(0, credentials)
                .addService(this)
                .intercept(new Authorizations())
                .build()
                .start();
    }

    int port() {
        return server.getPort();
    }

    List<LaneRecord> records(Lane lane) {
        return records.getOrDefault(lane, List.of());
    }

    List<Long> sequences(Lane lane) {
        return records(lane).stream().map(LaneRecord::sequence).toList();
    }

    void say(FromHub message) {
        StreamObserver<FromHub> observer = session;
        if (observer == null) {
            throw new IllegalStateException("no session");
        }
        synchronized (this) {
            observer.onNext(message);
        }
    }

    void order(Order order) {
        say(WireEnvelopes.fromHub(order));
    }

    void drop() {
        StreamObserver<FromHub> observer = session;
        if (observer != null) {
            synchronized (this) {
                observer.onError(Status.UNAVAILABLE.withDescription("scripted").asException());
            }
        }
    }

    @Override
    public StreamObserver<FromEdge> connect(StreamObserver<FromHub> answers) {
        session = answers;
        return new StreamObserver<>() {
            private boolean dropped;

            @Override
            public void onNext(FromEdge message) {
                try {
                    dropped = dropped || !take(message, answers);
                } catch (MalformedMessageException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public void onError(Throwable error) {}

            @Override
            public void onCompleted() {
                if (!dropped) {
                    answers.onCompleted();
                }
            }
        };
    }

    private synchronized boolean take(FromEdge message, StreamObserver<FromHub> answers)
            throws MalformedMessageException {
        switch (message.getMessageCase()) {
            case HELLO -> greet(WireLink.fromMessage(message.getHello()), answers);
            case RECORDS -> {
                RecordBatch batch = WireRecords.fromMessage(message.getRecords());
                store(batch);
                if (dropsAfterRecords) {
                    dropsAfterRecords = false;
                    answers.onError(Status.UNAVAILABLE.asException());
                    return false;
                }
                if (acknowledges) {
                    answers.onNext(WireEnvelopes.fromHub(new Acknowledgement(
                            batch.lane(),
                            batch.epoch(),
                            batch.records().getLast().sequence())));
                }
            }
            case HEARTBEAT -> {
                heartbeats.add(WireLink.fromMessage(message.getHeartbeat()));
                answers.onNext(WireEnvelopes.heartbeatReply(TestingEvents.at(TestingEvents.NOON)));
            }
            case FORK -> forks.add(WireLink.fromMessage(message.getFork()));
            case ORDER_RECEIPT -> receipts.add(WireDownlink.fromMessage(message.getOrderReceipt()));
            case VOLATILE_EVENT ->
                past.put(
                        WireEvents.fromMessage(message.getVolatileEvent().getEvent())
                                .id(),
                        System.nanoTime());
            case ANSWER, MESSAGE_NOT_SET -> {}
        }
        return true;
    }

    private void store(RecordBatch batch) {
        batchLanes.add(batch.lane());
        long now = System.nanoTime();
        batch.records()
                .forEach(_ -> arrivals.computeIfAbsent(batch.lane(), _ -> new CopyOnWriteArrayList<>())
                        .add(now));
        records(batch.lane()).addAll(batch.records());
        LaneRecord last = batch.records().getLast();
        positions.put(batch.lane(), new LanePosition(batch.lane(), last.sequence(), Sha256.of(last.prefixHash())));
    }

    private void greet(Hello hello, StreamObserver<FromHub> answers) {
        hellos.add(hello);
        helloNanos.add(System.nanoTime());
        Refusal refused = refusal;
        if (refused != null) {
            answers.onNext(WireEnvelopes.fromHub(refused));
            answers.onCompleted();
            return;
        }
        FromHub welcome = WireEnvelopes.fromHub(new Welcome(
                "session-" + hellos.size(),
                1,
                TestingEvents.at(TestingEvents.NOON),
                new ArrayList<>(positions.values()),
                Duration.ofSeconds(1),
                1 << 20,
                windowBytes,
                clockOffset));
        boolean isSpoilt = hellos.size() <= spoiltWelcomes;
        answers.onNext(
                isSpoilt
                        ? welcome.toBuilder()
                                .setChecksum(welcome.getChecksum() ^ 1)
                                .build()
                        : welcome);
    }

    @Override
    public StreamObserver<EvidenceUpload> uploadEvidence(
            StreamObserver<io.fengsui.protocol.wire.v1.EvidenceReceipt> answers) {
        return pictures.take(answers);
    }

    private final class Authorizations implements ServerInterceptor {
        private final Metadata.Key<String> key = Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            String value = headers.get(key);
            authorizations.add(value == null ? "" : value);
            return next.startCall(call, headers);
        }
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
