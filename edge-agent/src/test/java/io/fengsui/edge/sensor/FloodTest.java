package io.fengsui.edge.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.edge.sensor.SensorMessage.SensorInput;
import io.fengsui.edge.sensor.mqtt.BrokerSettings.MqttVersion;
import io.fengsui.edge.sensor.mqtt.RawBroker;
import io.fengsui.edge.sensor.mqtt.TestingBrokers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A broker that sends all it has and keeps to no Receive Maximum, as Mosquitto 2.0.11 does when one sensor says 10,000 messages a
 * second, and a consumer that is slower.
 */
@SuppressWarnings("NullAway.Init") // each test starts its broker
class FloodTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int FLOOD = 20_000;
    private static final int ALARM_AFTER = 5_000;
    private static final int CONNECT = 1;
    private static final int PUBACK = 4;
    private static final int SUBSCRIBE = 8;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Queue<SensorInput> taken = new ConcurrentLinkedQueue<>();
    private final List<String> states = new CopyOnWriteArrayList<>();
    private final AtomicBoolean takes = new AtomicBoolean();
    private RawBroker broker;
    private SensorSubscriber subscriber;

    @TempDir
    private Path folder;

    @AfterEach
    void stop() throws IOException {
        if (subscriber != null) {
            subscriber.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    private void connect(MqttVersion version) throws IOException {
        broker = new RawBroker(version == MqttVersion.V5);
        connect(broker.port(), version);
    }

    private void connect(int port, MqttVersion version) {
        SplittableRandom random = new SplittableRandom(1);
        subscriber = new SensorSubscriber(
                message -> {
                    if (!takes.get()) {
                        return false;
                    }
                    taken.add((SensorInput) message);
                    message.acknowledgement().run();
                    return true;
                },
                (name, state, reason, detail) -> states.add(state + " " + reason),
                new SensorMeters(meters),
                () -> TestingSensors.NOON,
                random::split);
        subscriber.apply(
                List.of(TestingBrokers.open(port, version, Duration.ofSeconds(30))),
                List.of(level(), smoke("smoke-1", "smoke/1")));
        await().atMost(TIMEOUT).until(() -> states.contains("CONNECTED connected"));
    }

    private static SensorSettings level() {
        return TestingSensors.own("level", "level/1", "level", "/v", TestingSensors.METRES);
    }

    private static SensorSettings smoke(String id, String topic) {
        return TestingSensors.own(id, topic, "smoke", "/v", TestingSensors.STATE);
    }

    private static byte[] message(MqttVersion version, String topic, int id, String payload) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(0);
        body.write(topic.length());
        body.writeBytes(topic.getBytes(StandardCharsets.UTF_8));
        body.write(id >> 8);
        body.write(id);
        if (version == MqttVersion.V5) {
            body.write(0);
        }
        body.writeBytes(payload.getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(0x32);
        packet.write(body.size());
        packet.writeBytes(body.toByteArray());
        return packet.toByteArray();
    }

    /** One sensor's readings 1 to {@link #FLOOD}, and another one's alarm among them. */
    private static byte[] all(MqttVersion version) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int id = 1; id <= FLOOD; id++) {
            all.writeBytes(message(version, "level/1", id, "{\"v\":" + id + "}"));
            if (id == ALARM_AFTER) {
                all.writeBytes(message(version, "smoke/1", FLOOD + 1, "{\"v\":true}"));
            }
        }
        return all.toByteArray();
    }

    private void flood(MqttVersion version) {
        Thread.ofVirtual().start(() -> {
            try {
                broker.say(all(version));
            } catch (IOException e) {
                // Shown by what does not come.
            }
        });
    }

    private double meter(String name) {
        return meters.get(name).gauge().value();
    }

    private double counted(String name) {
        return meters.get(name).counter().count();
    }

    private void awaitHeld() {
        await().atMost(TIMEOUT).until(() -> meter("edge.mqtt.inbox.waits") >= 1);
        assertThat(meter("edge.mqtt.inbox.messages")).isLessThanOrEqualTo(Inbox.MAX_MESSAGES);
    }

    private static List<Double> expected() {
        List<Double> expected = new ArrayList<>();
        for (int id = 1; id <= FLOOD; id++) {
            expected.add((double) id);
        }
        expected.add(ALARM_AFTER, 1.0);
        return expected;
    }

    private void assertAllCameOnceOverOneConnection() {
        await().atMost(TIMEOUT).until(() -> taken.size() > FLOOD && broker.count(PUBACK) > FLOOD);
        assertThat(taken).extracting(t -> t.reading().value()).containsExactlyElementsOf(expected());
        assertThat(taken)
                .filteredOn(t -> t.reading().sensor().equals("smoke-1"))
                .hasSize(1);
        assertThat(broker.count(PUBACK)).isEqualTo(FLOOD + 1);
        assertThat(broker.count(CONNECT)).isEqualTo(1);
        assertThat(meter("edge.mqtt.inbox.dropped")).isZero();
        assertThat(states).containsExactly("CONNECTED connected");
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void aFloodIsHeldBackAndNothingIsLostAndTheConnectionStays(MqttVersion version) throws Exception {
        connect(version);
        flood(version);
        awaitHeld();
        takes.set(true);
        assertAllCameOnceOverOneConnection();
    }

    /** Mosquitto as it comes, and a publisher that waits for nothing. */
    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    @Tag("slow")
    void mosquittosFloodIsTakenOverOneConnection(MqttVersion version) throws Exception {
        assumeTrue(Files.isExecutable(Mosquitto.BINARY), "Mosquitto is not installed");
        takes.set(true);
        try (Mosquitto mosquitto = Mosquitto.quick(folder);
                Socket publisher = new Socket(InetAddress.getLoopbackAddress(), mosquitto.port())) {
            connect(mosquitto.port(), version);
            Thread.ofVirtual().start(() -> {
                try {
                    publisher.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                    // The test is over.
                }
            });
            publisher.getOutputStream().write(HexFormat.of().parseHex("100d00044d51545404020000000170"));
            publisher.getOutputStream().write(all(MqttVersion.V3));
            await().atMost(TIMEOUT).until(() -> taken.size() > FLOOD);
            assertThat(taken).extracting(t -> t.reading().value()).containsExactlyElementsOf(expected());
            assertThat(states).containsExactly("CONNECTED connected");
        }
    }

    /** The broker's answer stands behind the flood. */
    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void aSensorIsAddedInTheMiddleOfAFlood(MqttVersion version) throws Exception {
        connect(version);
        flood(version);
        awaitHeld();
        long before = broker.count(SUBSCRIBE);
        subscriber.apply(
                List.of(TestingBrokers.open(broker.port(), version, Duration.ofSeconds(30))),
                List.of(level(), smoke("smoke-1", "smoke/1"), smoke("smoke-2", "smoke/2")));
        await().atMost(TIMEOUT).until(() -> broker.count(SUBSCRIBE) > before);
        takes.set(true);
        assertAllCameOnceOverOneConnection();
    }

    /** A disk that is away: nothing is acknowledged, the broker is read on, and when it is back the rest is asked for again. */
    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    @Tag("slow")
    void aConsumerThatStandsStillEndsWithANewConnectionWhenItGoesOn(MqttVersion version) throws Exception {
        connect(version);
        flood(version);
        await().atMost(TIMEOUT).until(() -> meter("edge.mqtt.inbox.dropped") > 1);
        assertThat(taken).isEmpty();
        assertThat(broker.count(PUBACK)).isZero();
        assertThat(broker.count(CONNECT)).isEqualTo(1);
        takes.set(true);
        await().atMost(TIMEOUT).until(() -> broker.count(CONNECT) == 2);
        assertThat(taken)
                .extracting(t -> t.reading().value())
                .containsExactlyElementsOf(expected().subList(0, taken.size()));
        assertThat(broker.count(PUBACK)).isLessThanOrEqualTo(taken.size());
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void aBrokerThatIsLostIsToldWhileItsMessagesWait(MqttVersion version) throws Exception {
        connect(version);
        broker.say(message(version, "level/1", 1, "{\"v\":1}"));
        await().atMost(TIMEOUT).until(() -> meter("edge.mqtt.inbox.messages") + counted("edge.mqtt.refused") > 0);
        broker.close();
        await().atMost(TIMEOUT).until(() -> states.contains("OFFLINE lost"));
        assertThat(meter("edge.mqtt.connected")).isZero();
        assertThat(taken).isEmpty();
        takes.set(true);
        await().atMost(TIMEOUT).until(() -> taken.size() == 1);
        assertThat(states).filteredOn("OFFLINE lost"::equals).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void whoIsHeldBackDoesNotKeepTheAgentFromStopping(MqttVersion version) throws Exception {
        connect(version);
        flood(version);
        awaitHeld();
        subscriber.close();
        await().atMost(TIMEOUT)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .noneMatch(name -> name.equals("mqtt-village") || name.startsWith("MQTT Rec: edge-1")));
        assertThat(broker.count(PUBACK)).isZero();
    }
}
