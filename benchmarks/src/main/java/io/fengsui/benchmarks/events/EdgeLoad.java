package io.fengsui.benchmarks.events;

import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.link.LaneState;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Sha256;
import io.fengsui.protocol.wire.WireEnvelopes;
import io.fengsui.protocol.wire.v1.EdgeLinkGrpc;
import io.fengsui.protocol.wire.v1.FromEdge;
import io.fengsui.protocol.wire.v1.FromHub;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One edge with its events coded beforehand, so that sending costs little. At most {@link #WINDOW} batches are on their
 * way, as with a real one.
 */
final class EdgeLoad implements StreamObserver<FromHub>, AutoCloseable {
    static final int BATCH = EventTape.BATCH;
    private static final int WINDOW = 8;
    private static final Hello.Inventory NOTHING = new Hello.Inventory(List.of(), List.of(), List.of());
    private static final Sha256 NO_HASH = Sha256.NONE;

    private final EventTape.Part part;
    private final Semaphore credits = new Semaphore(WINDOW);
    private final CountDownLatch welcome = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final long[] sentNanos;
    private final long[] waitedNanos;
    private int acknowledgedBatches;
    private volatile @Nullable String failure;
    private @Nullable ManagedChannel channel;
    private @Nullable StreamObserver<FromEdge> out;

    /** @param share of events whose incident is new; the others are repeats of incidents that are open */
    EdgeLoad(String edge, int batchCount, double share) {
        this(new EventTape(edge, NOTHING).next(new PlainEvents(edge, share), batchCount));
    }

    EdgeLoad(EventTape.Part part) {
        this.part = part;
        sentNanos = new long[part.batches().size()];
        waitedNanos = new long[part.batches().size()];
    }

    void connect(int port) throws InterruptedException {
        String edge = part.edge();
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .build();
        out = EdgeLinkGrpc.newStub(channel).connect(this);
        out.onNext(WireEnvelopes.fromEdge(new Hello(
                Hello.PROTOCOL_VERSION,
                "benchmark",
                new Hello.Identity(edge, edge, new Name(edge, edge), part.epoch(), "boot", edge),
                PlainEvents.now(),
                List.of(
                        new LaneState(
                                Lane.URGENT, part.before() + 1, part.before() + part.events(), part.before(), NO_HASH),
                        new LaneState(Lane.BULK, 1, 0, 0, NO_HASH)),
                part.inventory(),
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
        for (int i = 0; i < part.batches().size(); i++) {
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
            to.onNext(part.batches().get(i));
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
                int reached = (int) ((message.getAcknowledgement().getPosition() - part.before()) / BATCH);
                for (; acknowledgedBatches < reached; acknowledgedBatches++) {
                    waitedNanos[acknowledgedBatches] = System.nanoTime() - sentNanos[acknowledgedBatches];
                    credits.release();
                }
                if (acknowledgedBatches == part.batches().size()) {
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
        return part.events();
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
