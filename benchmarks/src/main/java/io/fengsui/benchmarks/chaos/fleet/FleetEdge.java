package io.fengsui.benchmarks.chaos.fleet;

import io.fengsui.edge.uplink.UplinkSettings;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.Heartbeat;
import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.link.LaneState;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Sha256;
import io.fengsui.protocol.wire.WireEnvelopes;
import io.fengsui.protocol.wire.v1.EdgeLinkGrpc;
import io.fengsui.protocol.wire.v1.FromEdge;
import io.fengsui.protocol.wire.v1.FromHub;
import io.fengsui.runtime.TimeSource;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One edge that has nothing to send: a connection for each session, as the agent's. Confined to {@code fleet}, on which its
 * channel calls back too.
 */
final class FleetEdge {
    private static final Duration GREETING = UplinkSettings.Timing.DEFAULT.greeting();

    /** What all edges of a fleet share. */
    record Sea(int port, ScheduledExecutorService executor, TimeSource time, FleetBook book) {}

    private final Sea sea;
    private final String edge;
    private final Supplier<Duration> waits;
    private @Nullable Session session;

    /** @param waits how long it waits before it tries again */
    FleetEdge(Sea sea, String edge, Supplier<Duration> waits) {
        this.sea = sea;
        this.edge = edge;
        this.waits = waits;
    }

    void connect() {
        sea.book().tried();
        session = new Session();
        session.open();
    }

    private Moment now() {
        return new Moment(
                sea.time().wall(), ClockQuality.SYNCED, "fleet", sea.time().steadyNanos());
    }

    private void later(Runnable task, Duration wait) {
        sea.executor().schedule(task, wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private final class Session implements StreamObserver<FromHub> {
        private final ManagedChannel channel = ManagedChannelBuilder.forAddress("127.0.0.1", sea.port())
                .usePlaintext()
                .disableRetry()
                .executor(sea.executor())
                .offloadExecutor(sea.executor())
                .build();
        private final long begun = sea.time().steadyNanos();
        private @Nullable StreamObserver<FromEdge> out;
        private boolean isServed;
        private boolean isOver;

        void open() {
            StreamObserver<FromEdge> opened = EdgeLinkGrpc.newStub(channel).connect(this);
            out = opened;
            opened.onNext(WireEnvelopes.fromEdge(new Hello(
                    Hello.PROTOCOL_VERSION,
                    "chaos",
                    new Hello.Identity(edge, "village", Name.NONE, "epoch-" + edge, "boot", edge),
                    now(),
                    List.of(
                            new LaneState(Lane.URGENT, 1, 0, 0, Sha256.NONE),
                            new LaneState(Lane.BULK, 1, 0, 0, Sha256.NONE)),
                    new Hello.Inventory(List.of(), List.of(), List.of()),
                    "")));
            later(this::giveUp, GREETING);
        }

        private void giveUp() {
            if (!isServed) {
                end();
            }
        }

        /** What was on its way when the session ended does not count: it would stay served for ever. */
        @Override
        public void onNext(FromHub message) {
            if (isOver) {
                return;
            }
            switch (message.getMessageCase()) {
                case WELCOME -> {
                    isServed = true;
                    sea.book().served(sea.time().steadyNanos() - begun);
                    Duration interval =
                            Duration.ofSeconds(Math.max(1, message.getWelcome().getHeartbeatSeconds()));
                    later(() -> beat(interval), interval);
                }
                case REFUSAL -> sea.book().refused(message.getRefusal().getDetail());
                case ACKNOWLEDGEMENT, ORDER, QUESTION, HEARTBEAT_REPLY, MESSAGE_NOT_SET -> {}
            }
        }

        private void beat(Duration interval) {
            StreamObserver<FromEdge> to = out;
            if (!isOver && to != null) {
                to.onNext(WireEnvelopes.fromEdge(new Heartbeat(now(), 0, 0, List.of())));
                later(() -> beat(interval), interval);
            }
        }

        private void end() {
            if (isOver) {
                return;
            }
            isOver = true;
            if (isServed) {
                sea.book().lost();
            }
            channel.shutdownNow();
            later(FleetEdge.this::connect, waits.get());
        }

        @Override
        public void onError(Throwable error) {
            end();
        }

        @Override
        public void onCompleted() {
            end();
        }
    }
}
