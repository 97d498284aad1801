package io.fengsui.edge.sensor.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fengsui.edge.sensor.mqtt.BrokerSettings.MqttVersion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PacketGuardTest {
    /** Writes down what it hears of. */
    private static final class Watched implements PacketGuard.Watch {
        private final List<String> cut = new ArrayList<>();
        private long skipped;
        private boolean hasRoom = true;

        @Override
        public void onCut(String topic, long bytes) {
            cut.add(topic + " " + bytes);
        }

        @Override
        public boolean awaitRoom() {
            return hasRoom;
        }

        @Override
        public void onSkipped(int bytes) {
            skipped += bytes;
        }
    }

    private final Watched watched = new Watched();

    private PacketGuard guard(InputStream in, MqttVersion version) {
        return new PacketGuard(in, version, watched);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** A message of QoS 1 with the packet id 7. */
    private static byte[] publish(String topic, int payload) {
        byte[] content = new byte[payload];
        new Random(payload).nextBytes(content);
        return publish(topic, content);
    }

    /** A packet that was begun is given to its end; the next one waits, and is whole when there is room. */
    @Test
    void withoutRoomTheNextPacketWaitsAndNoneIsTorn() throws IOException {
        byte[] first = publish("smoke/1", 20);
        byte[] second = publish("smoke/2", 30);
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        InputStream guard = guard(new ByteArrayInputStream(both.toByteArray()), MqttVersion.V3);
        byte[] begin = guard.readNBytes(1);
        watched.hasRoom = false;
        byte[] rest = guard.readNBytes(first.length - 1);
        assertThat(begin[0]).isEqualTo(first[0]);
        assertThat(rest).isEqualTo(Arrays.copyOfRange(first, 1, first.length));
        assertThatThrownBy(guard::read).isInstanceOf(SocketTimeoutException.class);
        assertThatThrownBy(guard::read).isInstanceOf(SocketTimeoutException.class);
        watched.hasRoom = true;
        assertThat(guard.readAllBytes()).isEqualTo(second);
    }

    private static byte[] publish(String topic, byte[] content) {
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(0x32);
        int length = 2 + name.length + 2 + content.length;
        for (int rest = length; ; rest >>= 7) {
            packet.write(rest > 0x7f ? rest & 0x7f | 0x80 : rest);
            if (rest <= 0x7f) {
                break;
            }
        }
        packet.write(name.length >> 8);
        packet.write(name.length);
        packet.writeBytes(name);
        packet.write(0);
        packet.write(7);
        packet.writeBytes(content);
        return packet.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** Gives a few bytes at a time, and a timeout before each. */
    private static final class Slow extends InputStream {
        private final InputStream in;
        private final Random random = new Random(3);
        private boolean isLate;

        Slow(byte[] bytes) {
            in = new ByteArrayInputStream(bytes);
        }

        private void maybeLate() throws SocketTimeoutException {
            isLate = !isLate;
            if (isLate) {
                throw new SocketTimeoutException("late");
            }
        }

        @Override
        public int read() throws IOException {
            maybeLate();
            return in.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            maybeLate();
            return in.read(into, offset, Math.min(length, 1 + random.nextInt(3000)));
        }
    }

    private static byte[] through(PacketGuard guard) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[1000];
        while (true) {
            try {
                int count = guard.read(buffer);
                if (count < 0) {
                    return all.toByteArray();
                }
                all.write(buffer, 0, count);
            } catch (SocketTimeoutException e) {
                // As Paho does: again.
            }
        }
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void whatIsInOrderPassesAsItIsInAnyPieces(MqttVersion version) throws IOException {
        byte[] all = joined(
                bytes("20 02 00 00"),
                publish("smoke/1", 0),
                bytes("90 03 00 01 01"),
                publish("smoke/1", PacketGuard.MAX_PACKET - 100),
                bytes("d0 00"),
                publish("t", 300));
        assertThat(through(guard(new ByteArrayInputStream(all), version))).isEqualTo(all);
        assertThat(through(guard(new Slow(all), version))).isEqualTo(all);
    }

    /** A message of QoS 1 and MQTT 5 with a user property of that size. */
    private static byte[] publish(String topic, int property, byte[] payload) {
        byte[] value = new byte[property];
        Arrays.fill(value, (byte) 'x');
        byte[] properties = joined(new byte[] {0x26, 0, 1, 'k', (byte) (property >> 8), (byte) property}, value);
        byte[] length = {
            (byte) (properties.length & 0x7f | 0x80),
            (byte) (properties.length >> 7 & 0x7f | 0x80),
            (byte) (properties.length >> 14)
        };
        return publish(topic, joined(length, properties, payload));
    }

    @Test
    void aMessageThatIsTooLargeIsCutAndTheNextIsWhole() throws IOException {
        byte[] large = publish("camera/picture", 3 << 20);
        byte[] next = publish("smoke/1", 20);
        byte[] got = through(guard(new Slow(joined(large, next)), MqttVersion.V3));
        int head = 1 + 4 + 2 + "camera/picture".length() + 2;
        byte[] cut = Arrays.copyOf(got, got.length - next.length);
        assertThat(Arrays.copyOfRange(got, cut.length, got.length)).isEqualTo(next);
        assertThat(cut).hasSize(head - 1 + PacketGuard.KEPT_PAYLOAD);
        assertThat(through(guard(new ByteArrayInputStream(cut), MqttVersion.V3)))
                .as("a packet of its own")
                .isEqualTo(cut);
        assertThat(Arrays.copyOfRange(cut, 4, cut.length)).isEqualTo(Arrays.copyOfRange(large, 5, 5 + cut.length - 4));
        assertThat(watched.cut).containsExactly("camera/picture " + large.length);
        assertThat(watched.skipped).isEqualTo((3 << 20) - PacketGuard.KEPT_PAYLOAD);
    }

    @Test
    void oneOfMqtt5LosesItsPropertiesToo() throws IOException {
        byte[] payload = new byte[3 << 20];
        new Random(9).nextBytes(payload);
        byte[] large = publish("camera/picture", 40_000, payload);
        byte[] next = publish("smoke/1", 100, bytes("01 02"));
        byte[] cut = publish("camera/picture", joined(new byte[1], Arrays.copyOf(payload, PacketGuard.KEPT_PAYLOAD)));
        assertThat(through(guard(new Slow(joined(large, next)), MqttVersion.V5)))
                .isEqualTo(joined(cut, next));
        assertThat(watched.cut).containsExactly("camera/picture " + large.length);
    }

    @FuzzTest
    void anyBytesPassOrAreRefusedAndNeverBecomeMore(byte[] bytes) {
        for (MqttVersion version : MqttVersion.values()) {
            PacketGuard guard = guard(new ByteArrayInputStream(bytes), version);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            try {
                guard.transferTo(all);
            } catch (IOException e) {
                assertThat(e).hasMessageMatching("(no broker|the length|a packet|a message).*");
            }
            assertThat(all.size()).isLessThanOrEqualTo(bytes.length);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "V3, 32 ff ff ff ff 7f, length of a packet has more than four bytes",
        "V5, 32 ff ff ff ff 7f, length of a packet has more than four bytes",
        "V5, 40 ff ff ff 7f, a packet of 268435460 bytes",
        // of a message of 2 MiB: properties longer than it, a length of them of five bytes, no topic
        "V5, 32 80 80 80 01 00 01 74 00 07 ff ff ff 01, more properties than bytes",
        "V5, 32 80 80 80 01 00 01 74 00 07 ff ff ff ff 01, more than four bytes",
        "V5, 32 80 80 80 01 00 00 00 07 00, without a topic",
        "V3, 90 ff ff ff 7f, a packet of 268435460 bytes",
        "V3, 36 02 00 00, begins with 0x36",
        "V5, 36 02 00 00, begins with 0x36",
        "V3, 10 00, begins with 0x10",
        "V5, 82 00, begins with 0x82",
        "V5, 00 00, begins with 0x0",
        "V3, e0 00, begins with 0xe0",
        "V3, f0 00, begins with 0xf0",
    })
    void whatNoBrokerMaySendEndsTheConnection(MqttVersion version, String hex, String expected) {
        PacketGuard guard = guard(new ByteArrayInputStream(bytes(hex)), version);
        assertThatThrownBy(guard::readAllBytes).isInstanceOf(IOException.class).hasMessageContaining(expected);
    }
}
