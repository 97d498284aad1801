package io.fengsui.edge.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.edge.sensor.mqtt.BrokerSettings.MqttVersion;
import io.fengsui.edge.sensor.mqtt.TestingBrokers;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.runtime.ManualTimeSource;
import io.fengsui.runtime.Progress;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The thread of a broker that is not there. */
class BrokerThreadTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ManualTimeSource time = new ManualTimeSource(Instant.parse("2026-05-01T08:00:00Z"));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<BrokerState> states = new CopyOnWriteArrayList<>();
    private final AtomicBoolean broken = new AtomicBoolean();
    private SensorSubscriber subscriber;

    @BeforeEach
    void connect() {
        SplittableRandom random = new SplittableRandom(1);
        subscriber = new SensorSubscriber(
                _ -> true,
                (name, state, reason, detail) -> {
                    states.add(state);
                    if (broken.get()) {
                        throw new NoClassDefFoundError("gone");
                    }
                },
                new SensorMeters(meters),
                () -> new Moment(time.wall(), ClockQuality.FREE, "boot", time.steadyNanos()),
                random::split);
    }

    @AfterEach
    void close() {
        subscriber.close();
    }

    private Progress begin() throws IOException {
        int closed;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = free.getLocalPort();
        }
        subscriber.apply(
                List.of(TestingBrokers.open(closed, MqttVersion.V5, Duration.ofSeconds(30))),
                List.of(TestingSensors.own("smoke-1", "smoke/1", "smoke", "/v", TestingSensors.STATE)));
        await().atMost(PATIENCE).until(() -> !states.isEmpty());
        return subscriber.threads().getFirst();
    }

    @Test
    void isProgressAllTheSame() throws IOException {
        Progress thread = begin();
        for (int i = 0; i < 3; i++) {
            time.advance(Duration.ofMinutes(4));
            await().atMost(PATIENCE).until(() -> thread.standing().isZero());
        }
        subscriber.close();
        assertThat(subscriber.threads()).isEmpty();
        assertThat(thread.hasEnded()).isTrue();
        assertThat(meters.find("edge_thread_standing_seconds").gauges()).isEmpty();
    }

    @Test
    void outlivesWhoeverIsToldAndThrows() throws IOException {
        broken.set(true);
        Progress thread = begin();
        await().atMost(PATIENCE)
                .until(() -> meters.get("edge.mqtt.failures").counter().count() >= 1);
        time.advance(Duration.ofMinutes(4));
        await().atMost(PATIENCE).until(() -> thread.standing().isZero());
        assertThat(thread.hasEnded()).isFalse();
    }
}
