package io.fengsui.edge.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two boxes of one share group at Mosquitto, which nobody here wrote. Source: MQTT 5, 4.8.2. */
@Tag("slow")
class ShareGroupTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MESSAGES = 2_000;

    @TempDir
    private Path folder;

    private Mosquitto broker;

    @BeforeEach
    void startBroker() throws Exception {
        assumeTrue(Files.isExecutable(Mosquitto.BINARY), "Mosquitto is not installed");
        broker = Mosquitto.quick(folder);
    }

    @AfterEach
    void stopBroker() {
        if (broker != null) {
            broker.close();
        }
    }

    /** A box, and what it was told. */
    private final class Box implements AutoCloseable {
        private final String id;
        private final MqttVersion version;
        private final Queue<Double> taken = new ConcurrentLinkedQueue<>();
        private final List<String> states = new CopyOnWriteArrayList<>();
        private final boolean acknowledges;
        private final SensorSubscriber subscriber;

        Box(String id, MqttVersion version, boolean acknowledges) {
            this.id = id;
            this.version = version;
            this.acknowledges = acknowledges;
            SplittableRandom random = new SplittableRandom(1);
            subscriber = new SensorSubscriber(
                    this::take,
                    (name, state, reason, detail) -> states.add(state + " " + reason),
                    new SensorMeters(new SimpleMeterRegistry()),
                    () -> TestingSensors.NOON,
                    random::split);
            subscriber.apply(
                    List.of(settings(id, "town", version)),
                    List.of(TestingSensors.own("level", "level/1", "level", "/v", TestingSensors.METRES)));
            await().atMost(TIMEOUT).until(() -> states.contains("CONNECTED connected"));
        }

        private boolean take(SensorMessage message) {
            taken.add(((SensorInput) message).reading().value());
            if (acknowledges) {
                message.acknowledgement().run();
            }
            return true;
        }

        /** The same box after a restart. */
        Box again() {
            return new Box(id, version, true);
        }

        @Override
        public void close() {
            subscriber.close();
        }
    }

    private BrokerSettings settings(String client, String group, MqttVersion version) {
        BrokerSettings open = TestingBrokers.open(broker.port(), version, Duration.ofSeconds(30));
        return new BrokerSettings(
                open.name(),
                open.uri(),
                version,
                client,
                "",
                null,
                open.tls(),
                group,
                open.keepAlive(),
                open.sessionExpiry());
    }

    private void publish(int from, int to) throws Exception {
        try (BrokerClient publisher =
                BrokerClient.of(settings("publisher", "", MqttVersion.V5), SessionKind.FRESH, new Deaf())) {
            publisher.connect(TIMEOUT);
            for (int i = from; i <= to; i++) {
                publisher.publish("level/1", ("{\"v\":" + i + "}").getBytes(StandardCharsets.UTF_8), TIMEOUT);
            }
        }
    }

    private static List<Double> all(int most) {
        return IntStream.rangeClosed(1, most).asDoubleStream().boxed().toList();
    }

    private static List<Double> together(List<Box> boxes) {
        List<Double> together = new ArrayList<>();
        boxes.forEach(box -> together.addAll(box.taken));
        return together;
    }

    private static void awaitOnceEach(List<Box> boxes, int most) {
        await().atMost(TIMEOUT).until(() -> together(boxes).size() >= most);
        assertThat(together(boxes)).containsExactlyInAnyOrderElementsOf(all(most));
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void eachMessageIsTakenByOneBoxAndInOrder(MqttVersion version) throws Exception {
        try (Box first = new Box("edge-1", version, true);
                Box second = new Box("edge-2", version, true)) {
            publish(1, MESSAGES);
            awaitOnceEach(List.of(first, second), MESSAGES);
            for (Box box : List.of(first, second)) {
                assertThat(List.copyOf(box.taken)).as(box.id).isSorted().hasSizeBetween(MESSAGES / 4, 3 * MESSAGES / 4);
            }
        }
    }

    /** Mosquitto goes on giving its part to a box that is away. What it had not acknowledged when it went comes to it again. */
    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void nothingIsLostNorGivenToBothWhileABoxIsAway(MqttVersion version) throws Exception {
        try (Box first = new Box("edge-1", version, true)) {
            Box second = new Box("edge-2", version, true);
            publish(1, 100);
            awaitOnceEach(List.of(first, second), 100);
            second.close();
            publish(101, MESSAGES);
            await().atMost(TIMEOUT).until(() -> first.taken.size() >= MESSAGES / 4);
            try (Box back = second.again()) {
                Set<Double> expected = Set.copyOf(all(MESSAGES));
                await().atMost(TIMEOUT)
                        .until(() -> Set.copyOf(together(List.of(first, second, back)))
                                .equals(expected));
                assertThat(first.taken)
                        .doesNotHaveDuplicates()
                        .doesNotContainAnyElementsOf(together(List.of(second, back)));
                assertThat(List.copyOf(back.taken)).isSorted().doesNotHaveDuplicates();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void whatABoxTookAndDidNotAcknowledgeComesToItAgain(MqttVersion version) throws Exception {
        try (Box first = new Box("edge-1", version, true)) {
            Box second = new Box("edge-2", version, false);
            publish(1, 20);
            await().atMost(TIMEOUT).until(() -> together(List.of(first, second)).size() >= 20);
            assertThat(second.taken).isNotEmpty();
            second.close();
            try (Box back = second.again()) {
                awaitOnceEach(List.of(first, back), 20);
                assertThat(back.taken).containsAll(second.taken);
            }
        }
    }

    private static final class Deaf implements BrokerClient.Listener {
        @Override
        public void onMessage(String topic, byte[] payload, int packetId, boolean isRetained) {}

        @Override
        public void onLost(String reason) {}
    }
}
