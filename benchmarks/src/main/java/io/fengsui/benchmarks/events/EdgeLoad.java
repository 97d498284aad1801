package io.fengsui.benchmarks.events;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.link.LaneState;
import io.fengsui.protocol.link.RecordBatch;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import io.fengsui.protocol.value.Sha256;
import io.fengsui.protocol.wire.PrefixHash;
import io.fengsui.protocol.wire.WireEnvelopes;
import io.fengsui.protocol.wire.WireRecords;
import io.fengsui.protocol.wire.v1.EdgeLinkGrpc;
import io.fengsui.protocol.wire.v1.FromEdge;
import io.fengsui.protocol.wire.v1.FromHub;
import io.fengsui.runtime.TimeSource;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One edge with its events coded beforehand, so that sending costs little. At most {@link #WINDOW} batches are on their
 * way, as with a real one.
 */
final class EdgeLoad implements StreamObserver<FromHub>, AutoCloseable {
    static final int BATCH = 128;
    private static final int WINDOW = 8;
    private static final Sha256 NO_HASH = Sha256.NONE;

    private final String edge;
    private final Random random;
    private final List<FromEdge> batches = new ArrayList<>();
    private final Semaphore credits = new Semaphore(WINDOW);
    private final CountDownLatch welcome = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final long[] sentNanos;
    private final long[] waitedNanos;
    private final int total;
    private int acknowledgedBatches;
    private volatile @Nullable String failure;
    private @Nullable ManagedChannel channel;
    private @Nullable StreamObserver<FromEdge> out;

    /** @param share of events whose incident is new; the others are repeats of incidents that are open */
    EdgeLoad(String edge, int batchCount, double share) {
        this.edge = edge;
        this.random = new Random(edge.hashCode());
        this.total = batchCount * BATCH;
        sentNanos = new long[batchCount];
        waitedNanos = new long[batchCount];
        byte[] running = PrefixHash.none();
        long sequence = 0;
        int keys = 0;
        for (int i = 0; i < batchCount; i++) {
            List<LaneRecord> records = new ArrayList<>();
            for (int j = 0; j < BATCH; j++) {
                boolean isNew = keys == 0 || random.nextDouble() < share;
                keys += isNew ? 1 : 0;
                int key = isNew ? keys : Math.max(1, keys - random.nextInt(Math.min(keys, 20)));
                byte[] body = WireRecords.encode(event("zone-" + key));
                running = PrefixHash.next(running, body);
                sequence++;
                records.add(new LaneRecord(sequence, body, running));
            }
            batches.add(WireEnvelopes.fromEdge(new RecordBatch(Lane.URGENT, "epoch-" + edge, records)));
        }
    }

    private Event event(String key) {
        Moment now = now();
        return new Event(
                EventId.make(now.wall(), random),
                1,
                Phase.BEGUN,
                new EventKind("safety.intrusion"),
                Severity.MAJOR,
                Lane.URGENT,
                new Event.Origin(edge, edge, Source.camera("camera-1", "zone-1"), "", Place.UNKNOWN),
                new Event.Times(now, now, Duration.ofHours(1)),
                Event.Cause.NONE,
                key,
                Map.of("filling", "x".repeat(120)),
                List.of(),
                List.of(),
                List.of(),
                Event.Marks.NONE);
    }

    private static Moment now() {
        TimeSource time = TimeSource.system();
        return new Moment(time.wall(), ClockQuality.SYNCED, "benchmark", time.steadyNanos());
    }

    void connect(int port) throws InterruptedException {
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .build();
        out = EdgeLinkGrpc.newStub(channel).connect(this);
        out.onNext(WireEnvelopes.fromEdge(new Hello(
                Hello.PROTOCOL_VERSION,
                "benchmark",
                new Hello.Identity(edge, edge, new Name(edge, edge), "epoch-" + edge, "boot", edge),
                now(),
                List.of(new LaneState(Lane.URGENT, 1, total, 0, NO_HASH), new LaneState(Lane.BULK, 1, 0, 0, NO_HASH)),
                new Hello.Inventory(List.of(), List.of(), List.of()),
                "")));
        if (!welcome.await(300, TimeUnit.SECONDS)) {
            throw new IllegalStateException("not welcome: " + failure);
        }
    }

    /** Sends everything as fast as it is taken; returns when all of it is acknowledged. */
    void send() throws InterruptedException {
        send(Duration.ZERO);
    }

    /** The same with a batch every so often. */
    void send(Duration every) throws InterruptedException {
        long begun = System.nanoTime();
        StreamObserver<FromEdge> to = out;
        if (to == null) {
            throw new IllegalStateException("connect first");
        }
        for (int i = 0; i < batches.size(); i++) {
            long early = begun + i * every.toNanos() - System.nanoTime();
            if (early > 0) {
                TimeUnit.NANOSECONDS.sleep(early);
            }
            while (!credits.tryAcquire(1, TimeUnit.SECONDS)) {
                if (failure != null) {
                    throw new IllegalStateException(failure);
                }
            }
            sentNanos[i] = System.nanoTime();
            to.onNext(batches.get(i));
        }
        done.await();
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void onNext(FromHub message) {
        switch (message.getMessageCase()) {
            case WELCOME -> welcome.countDown();
            case ACKNOWLEDGEMENT -> {
                int reached = (int) (message.getAcknowledgement().getPosition() / BATCH);
                for (; acknowledgedBatches < reached; acknowledgedBatches++) {
                    waitedNanos[acknowledgedBatches] = System.nanoTime() - sentNanos[acknowledgedBatches];
                    credits.release();
                }
                if (acknowledgedBatches == batches.size()) {
                    done.countDown();
                }
            }
            case REFUSAL -> fail("refused: " + message.getRefusal().getDetail());
            default -> {
                // Nothing that this edge answers.
            }
        }
    }

    private void fail(String why) {
        failure = why;
        done.countDown();
    }

    /** Events it has. */
    int events() {
        return total;
    }

    /** From sending a batch until the hub said that it is on disk. */
    long[] waitedNanos() {
        return waitedNanos.clone();
    }

    @Override
    public void onError(Throwable error) {
        fail(error.toString());
    }

    @Override
    public void onCompleted() {
        if (done.getCount() > 0) {
            fail("the hub ended the stream");
        }
    }

    @Override
    public void close() {
        if (channel != null) {
            channel.shutdownNow();
        }
    }
}
