package io.fengsui.edge.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.edge.sensor.SensorMessage.QuarantinedPayload;
import io.fengsui.edge.sensor.SensorMessage.SensorInput;
import io.fengsui.edge.sensor.mqtt.BrokerClient;
import io.fengsui.edge.sensor.mqtt.BrokerClient.SessionKind;
import io.fengsui.edge.sensor.mqtt.BrokerSettings;
import io.fengsui.edge.sensor.mqtt.BrokerSettings.MqttVersion;
import io.fengsui.edge.sensor.mqtt.TestingBrokers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against Mosquitto, which nobody here wrote: redelivery, restart, refusal, reload. */
@Tag("slow")
class SensorSubscriberTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private Mosquitto broker;
    private final List<SensorMessage> taken = new CopyOnWriteArrayList<>();
    private final List<String> states = new CopyOnWriteArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicBoolean broken = new AtomicBoolean();
    private final AtomicBoolean takes = new AtomicBoolean(true);
    private final AtomicBoolean acknowledges = new AtomicBoolean(true);

    @BeforeEach
    void startBroker() throws Exception {
        assumeTrue(Files.isExecutable(Mosquitto.BINARY), "Mosquitto is not installed");
        broker = new Mosquitto(folder);
    }

    @AfterEach
    void stopBroker() {
        if (broker != null) {
            broker.close();
        }
    }

    private SensorSubscriber subscriber() {
        SplittableRandom random = new SplittableRandom(1);
        return new SensorSubscriber(
                message -> {
                    if (broken.getAndSet(false)) {
                        throw new NoClassDefFoundError("gone");
                    }
                    if (!takes.get()) {
                        return false;
                    }
                    taken.add(message);
                    if (acknowledges.get()) {
                        message.acknowledgement().run();
                    }
                    return true;
                },
                (name, state, reason, detail) -> states.add(state + " " + reason),
                new SensorMeters(meters),
                () -> TestingSensors.NOON,
                random::split);
    }

    private BrokerSettings settings(MqttVersion version) {
        return TestingBrokers.open(broker.port(), version, Duration.ofSeconds(30));
    }

    private static List<SensorSettings> smoke() {
        return List.of(TestingSensors.own("smoke-1", "smoke/1", "smoke", "/v", TestingSensors.STATE));
    }

    private void publish(String topic, String payload) throws Exception {
        Process pub = new ProcessBuilder(
                        "mosquitto_pub",
                        "-h",
                        "127.0.0.1",
                        "-p",
                        "" + broker.port(),
                        "-q",
                        "1",
                        "-t",
                        topic,
                        "-m",
                        payload)
                .inheritIO()
                .start();
        assertThat(pub.waitFor()).isZero();
    }

    private void awaitTaken(int count) {
        await().atMost(TIMEOUT).until(() -> taken.size() >= count);
    }

    private void awaitConnected(int times) {
        await().atMost(TIMEOUT)
                .until(() ->
                        states.stream().filter(s -> s.startsWith("CONNECTED")).count() >= times);
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void whatWasNotAcknowledgedComesAgainToTheNextSession(MqttVersion version) throws Exception {
        acknowledges.set(false);
        try (SensorSubscriber subscriber = subscriber()) {
            subscriber.apply(List.of(settings(version)), smoke());
            awaitConnected(1);
            publish("smoke/1", "{\"v\":true}");
            awaitTaken(1);
        }
        taken.getFirst().acknowledgement().run();
        acknowledges.set(true);
        try (SensorSubscriber subscriber = subscriber()) {
            subscriber.apply(List.of(settings(version)), smoke());
            awaitTaken(2);
            assertThat(((SensorInput) taken.get(1)).reading().value()).isEqualTo(1);
        }
        try (SensorSubscriber subscriber = subscriber()) {
            subscriber.apply(List.of(settings(version)), smoke());
            publish("smoke/1", "{\"v\":false}");
            awaitTaken(3);
            assertThat(((SensorInput) taken.get(2)).reading().value()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void connectsAnewAfterTheBrokerRestarted(MqttVersion version) throws Exception {
        try (SensorSubscriber subscriber = subscriber()) {
            subscriber.apply(List.of(settings(version)), smoke());
            awaitConnected(1);
            broker.restart();
            awaitConnected(2);
            publish("smoke/1", "no JSON");
            awaitTaken(1);
            assertThat(taken.getFirst()).isInstanceOfSatisfying(QuarantinedPayload.class, kept -> {
                assertThat(kept.reason()).startsWith("not JSON");
                assertThat(new String(kept.payload(), StandardCharsets.UTF_8)).isEqualTo("no JSON");
            });
        }
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void aRefusingSinkLosesNothing(MqttVersion version) throws Exception {
        takes.set(false);
        try (SensorSubscriber subscriber = subscriber()) {
            subscriber.apply(List.of(settings(version)), smoke());
            awaitConnected(1);
            try (BrokerClient publisher =
                    BrokerClient.of(settings(version).withClientSuffix("-test"), SessionKind.FRESH, new Deaf())) {
                publisher.connect(TIMEOUT);
                for (int i = 0; i < 200; i++) {
                    publisher.publish("smoke/1", ("{\"v\":" + i % 2 + "}").getBytes(StandardCharsets.UTF_8), TIMEOUT);
                }
            }
            takes.set(true);
            awaitTaken(200);
            assertThat(taken)
                    .extracting(m -> (int) ((SensorInput) m).reading().value())
                    .startsWith(0, 1, 0, 1);
        }
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void aSensorIsAddedWithoutANewConnection(MqttVersion version) throws Exception {
        try (SensorSubscriber subscriber = subscriber()) {
            subscriber.apply(List.of(settings(version)), smoke());
            awaitConnected(1);
            var button = TestingSensors.own("button", "button/1", "button", "", TestingSensors.STATE);
            subscriber.apply(List.of(settings(version)), List.of(smoke().getFirst(), button));
            await().atMost(TIMEOUT).untilAsserted(() -> {
                publish("button/1", "pressed");
                assertThat(taken).isNotEmpty();
            });
            assertThat(((SensorInput) taken.getFirst()).reading().sensor()).isEqualTo("button");
            assertThat(states).containsExactly("CONNECTED connected");
        }
    }

    @Test
    void anErrorInHandingOnIsNoEnd() throws Exception {
        broken.set(true);
        try (SensorSubscriber subscriber = subscriber()) {
            subscriber.apply(List.of(settings(MqttVersion.V5)), smoke());
            awaitConnected(1);
            publish("smoke/1", "{\"v\":true}");
            awaitTaken(1);
            assertThat(states).contains("OFFLINE failed");
            assertThat(subscriber.threads())
                    .singleElement()
                    .satisfies(thread -> assertThat(thread.hasEnded()).isFalse());
            assertThat(meters.get("edge.mqtt.failures").counter().count()).isEqualTo(1);
        }
    }

    private static final class Deaf implements BrokerClient.Listener {
        @Override
        public void onMessage(String topic, byte[] payload, int packetId, boolean isRetained) {}

        @Override
        public void onLost(String reason) {}
    }
}
