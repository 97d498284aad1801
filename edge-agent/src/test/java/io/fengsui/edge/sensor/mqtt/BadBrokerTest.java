package io.fengsui.edge.sensor.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.edge.sensor.mqtt.BrokerClient.SessionKind;
import io.fengsui.edge.sensor.mqtt.BrokerSettings.MqttVersion;
import io.fengsui.fieldsim.proxy.Direction;
import io.fengsui.fieldsim.proxy.Fault;
import io.fengsui.fieldsim.proxy.FaultProxy;
import io.fengsui.runtime.TimeSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a broker sends that no broker should: the connection ends with a reason at once, or goes on with the next message. */
@SuppressWarnings("NullAway.Init") // each test connects
class BadBrokerTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int PUBACK = 4;
    private static final int PINGREQ = 12;

    private final BlockingQueue<String> lost = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> cut = new LinkedBlockingQueue<>();
    private RawBroker broker;
    private BrokerClient client;
    private volatile boolean hasRoom = true;

    @AfterEach
    void stop() throws IOException {
        if (client != null) {
            client.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    private void connect(MqttVersion version) throws Exception {
        broker = new RawBroker(version == MqttVersion.V5);
        connect(TestingBrokers.open(broker.port(), version, Duration.ofSeconds(30)));
    }

    private void connect(BrokerSettings settings) throws BrokerException {
        client = BrokerClient.of(settings, SessionKind.KEPT, new BrokerClient.Listener() {
            @Override
            public void onMessage(String topic, byte[] payload, int packetId, boolean isRetained) {
                messages.add(topic + " " + payload.length + " " + packetId + (isRetained ? " retained" : ""));
            }

            @Override
            public boolean awaitRoom() {
                if (!hasRoom) {
                    LockSupport.parkNanos(50_000_000);
                }
                return hasRoom;
            }

            @Override
            public void onCut(String topic, long bytes) {
                cut.add(topic + " " + bytes);
            }

            @Override
            public void onLost(String reason) {
                lost.add(reason);
            }
        });
        client.connect(TIMEOUT);
        client.subscribe(List.of("smoke/1"), TIMEOUT);
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private String next(BlockingQueue<String> queue) throws InterruptedException {
        return Objects.requireNonNull(queue.poll(20, TimeUnit.SECONDS), "nothing came");
    }

    /** {@code smoke/1} is 73 6d 6f 6b 65 2f 31. */
    @ParameterizedTest
    @CsvSource({
        // a length of 256 MiB, with nothing that follows
        "V5, 40 ff ff ff 7f, 268435460 bytes",
        "V3, 40 ff ff ff 7f, 268435460 bytes",
        // a length of five bytes
        "V3, 32 ff ff ff ff 7f, four bytes",
        "V5, 32 ff ff ff ff 7f, four bytes",
        // QoS 3
        "V3, 36 0b 00 07 73 6d 6f 6b 65 2f 31 00 07, 0x36",
        "V5, 36 0c 00 07 73 6d 6f 6b 65 2f 31 00 07 00, 0x36",
        // a second CONNECT, of the broker
        "V3, 10 0c 00 04 4d 51 54 54 04 02 00 3c 00 00, 0x10",
        "V5, 10 0d 00 04 4d 51 54 54 05 02 00 3c 00 00 00, 0x10",
        // not MQTT at all
        "V3, 48 54 54 50 2f 31 2e 31, 0x48",
        // a topic longer than its packet
        "V3, 32 04 ff ff 61 62, topic of 65535 bytes in 4",
        "V5, 32 04 ff ff 61 62, topic of 65535 bytes in 4",
        // a topic that is no UTF-8, has a NUL, stands for all topics, or is empty
        "V3, 32 0b 00 07 73 6d 6f 6b 65 2f ff 00 07, not UTF-8",
        "V5, 32 0c 00 07 73 6d 6f 6b 65 2f ff 00 07 00, not UTF-8",
        "V3, 32 0b 00 07 73 6d 6f 6b 65 2f 00 00 07, topic is none",
        "V5, 32 0c 00 07 73 6d 6f 6b 65 2f 00 00 07 00, topic is none",
        "V3, 32 0b 00 07 73 6d 6f 6b 65 2f 23 00 07, topic is none",
        "V5, 32 0c 00 07 73 6d 6f 6b 65 2f 23 00 07 00, topic is none",
        "V3, 32 04 00 00 00 07, topic is none",
        // properties of 200 MB in a packet of 16 bytes
        "V5, 32 0e 00 07 73 6d 6f 6b 65 2f 31 00 07 80 80 80 64, ''",
    })
    void endsTheConnectionWithAReason(MqttVersion version, String bytes, String reason) throws Exception {
        connect(version);
        broker.say(hex(bytes));
        assertThat(next(lost)).contains(reason);
        assertThat(messages).isEmpty();
    }

    private static byte[] message(MqttVersion version, int first, int id, int payload) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(first);
        int length = 9 + 2 + (version == MqttVersion.V5 ? 1 : 0) + payload;
        packet.write(length & 0x7f | 0x80);
        packet.write(length >> 7 & 0x7f | 0x80);
        packet.write(length >> 14 & 0x7f | 0x80);
        packet.write(length >> 21);
        packet.writeBytes(hex("00 07 73 6d 6f 6b 65 2f 31"));
        packet.write(id >> 8);
        packet.write(id);
        if (version == MqttVersion.V5) {
            packet.write(0);
        }
        packet.writeBytes(new byte[payload]);
        return packet.toByteArray();
    }

    /** Of a broker of MQTT 3.1.1 that knows no limit, and of one of MQTT 5 that does not keep to it. */
    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void aMessageThatIsTooLargeIsCutAndAcknowledgedAndTheNextOneTaken(MqttVersion version) throws Exception {
        connect(version);
        byte[] large = message(version, 0x33, 7, 5 << 20);
        broker.say(large);
        assertThat(next(messages)).isEqualTo("smoke/1 " + PacketGuard.KEPT_PAYLOAD + " 7 retained");
        assertThat(cut).containsExactly("smoke/1 " + large.length);
        broker.say(message(version, 0x32, 8, 20));
        assertThat(next(messages)).isEqualTo("smoke/1 20 8");
        client.acknowledge(7);
        client.acknowledge(8);
        int acknowledged = 0;
        while (acknowledged < 2) {
            acknowledged += Objects.requireNonNull(broker.heard.poll(20, TimeUnit.SECONDS)) == PUBACK ? 1 : 0;
        }
        assertThat(lost).isEmpty();
    }

    /** The message takes 6 s and longer than the keep-alive allows, most of it thrown away. */
    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    @Tag("slow")
    void aThinLineIsNotTakenForADeadOneWhileTheRestOfALargeMessageComes(MqttVersion version) throws Exception {
        broker = new RawBroker(version == MqttVersion.V5);
        InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), broker.port());
        try (FaultProxy line = FaultProxy.start(0, server, 1, TimeSource.system())) {
            connect(TestingBrokers.open(line.port(), version, Duration.ofSeconds(2)));
            line.apply(Direction.DOWN, new Fault.Throttle(1 << 20));
            broker.say(message(version, 0x32, 7, 6 << 20));
            broker.say(message(version, 0x32, 8, 20));
            assertThat(next(messages)).isEqualTo("smoke/1 " + PacketGuard.KEPT_PAYLOAD + " 7");
            assertThat(next(messages)).isEqualTo("smoke/1 20 8");
            assertThat(lost).isEmpty();
        }
    }

    /** The answers to the pings stand behind what is not read. */
    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    @Tag("slow")
    void aBrokerThatIsHeldBackIsStillAskedAndNotTakenForADeadOne(MqttVersion version) throws Exception {
        broker = new RawBroker(version == MqttVersion.V5);
        connect(TestingBrokers.open(broker.port(), version, Duration.ofSeconds(1)));
        hasRoom = false;
        broker.say(message(version, 0x32, 7, 20));
        broker.say(message(version, 0x32, 8, 20));
        await().atMost(TIMEOUT).until(() -> broker.count(PINGREQ) >= 4);
        hasRoom = true;
        // Paho may have been in the middle of a read when there was no room any more.
        assertThat(List.of(next(messages), next(messages))).containsExactly("smoke/1 20 7", "smoke/1 20 8");
        long asked = broker.count(PINGREQ);
        await().atMost(TIMEOUT).until(() -> broker.count(PINGREQ) >= asked + 2);
        assertThat(lost).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void aBrokerThatIsHeldBackCanBeLeft(MqttVersion version) throws Exception {
        connect(version);
        hasRoom = false;
        broker.say(message(version, 0x32, 7, 20));
        broker.say(message(version, 0x32, 8, 20));
        client.close();
        await().atMost(TIMEOUT)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(t -> t.getName().startsWith("MQTT Rec: edge-1")));
    }

    /** A repetition (DUP) has the id of the first; what is done twice is not this stage's to say. */
    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void aRepetitionAndAKeptMessageAreHandedOnAsWhatTheyAre(MqttVersion version) throws Exception {
        connect(version);
        broker.say(message(version, 0x32, 7, 3));
        broker.say(message(version, 0x3a, 7, 3));
        broker.say(message(version, 0x33, 8, 3));
        assertThat(List.of(next(messages), next(messages), next(messages)))
                .containsExactly("smoke/1 3 7", "smoke/1 3 7", "smoke/1 3 8 retained");
    }
}
