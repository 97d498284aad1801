package io.fengsui.edge.sensor.mqtt;

import io.fengsui.edge.sensor.mqtt.BrokerSettings.MqttVersion;
import io.fengsui.protocol.mqtt.FixedHeader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what a broker sends, packet by packet, before Paho does: Paho makes an array of the length that five bytes announce, up to
 * 256 MiB, before it has any of it, and a thread of its ends in silence over some packets that cannot be. What no broker may
 * send ends the connection with a reason. A message that is too large is cut, without its properties: a broker of MQTT 3.1.1 knows no
 * limit, and one of MQTT 5 that does not keep to the limit it was told would send it again with every connection. Between two packets it
 * waits for room, so that TCP holds back a broker that sends more than is taken.
 *
 * <p>A read may end with a timeout at any byte and goes on there. Confined to Paho's receiving thread. Source: MQTT 3.1.1 and 5,
 * 2.1 and 3.3.
 */
final class PacketGuard extends InputStream {
    /** Largest packet that is taken whole. */
    static final int MAX_PACKET = 1 << 20;
    /** So much of a larger message's payload is left. */
    static final int KEPT_PAYLOAD = 512 << 10;

    private static final int PUBLISH = 3;
    private static final int PUBREL = 6;
    private static final int PUBREL_FLAGS = 2;
    private static final int QOS = 0x06;
    private static final int NAME_LENGTH = 2;
    private static final int PACKET_ID = 2;
    private static final int MAX_PROPERTIES_LENGTH = 4;

    /** What Paho does not see. */
    interface Watch {
        /** A message of so many bytes is cut. */
        void onCut(String topic, long bytes);

        /** Bytes came that Paho is not given: without a word it takes the connection for dead meanwhile. */
        void onSkipped(int bytes);

        /** Whether there is room for the next packet; waits a moment for it. */
        boolean awaitRoom() throws InterruptedException;
    }

    private final InputStream in;
    private final MqttVersion version;
    private final Watch watch;
    private final FixedHeader header = new FixedHeader();
    private final byte[] scratch = new byte[8 << 10];
    /** Made by the guard itself, to be given before what {@link #in} has next. */
    private byte[] ready = {};

    private int given;
    /** Bytes of the present packet that are thrown away before {@link #body}: a cut message's properties. */
    private long before;
    /** Bytes of the present packet that are given as they come. */
    private long body;
    /** Bytes after these that are thrown away. */
    private long surplus;
    /** Beginning of a message until its name is known. */
    private byte[] name = {};

    private int named;

    PacketGuard(InputStream in, MqttVersion version, Watch watch) {
        this.in = in;
        this.version = version;
        this.watch = watch;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            if (given < ready.length) {
                int count = Math.min(length, ready.length - given);
                System.arraycopy(ready, given, into, offset, count);
                given += count;
                return count;
            }
            if (before == 0 && body > 0) {
                int count = in.read(into, offset, (int) Math.min(length, body));
                body -= Math.max(0, count);
                return count;
            }
            if (!advance()) {
                return -1;
            }
        }
    }

    /** One read further towards the next byte to give; false at the end. */
    private boolean advance() throws IOException {
        if (before > 0) {
            int count = throwAway(before);
            before -= Math.max(0, count);
            return count >= 0;
        }
        if (surplus > 0) {
            int count = throwAway(surplus);
            surplus -= Math.max(0, count);
            return count >= 0;
        }
        if (name.length > 0) {
            int count = in.read(name, named, name.length - named);
            named += Math.max(0, count);
            if (named == name.length) {
                onName();
            }
            return count >= 0;
        }
        boolean isFirst = !header.isBegun();
        if (isFirst) {
            holdBack();
        }
        int next = in.read();
        if (next < 0) {
            return false;
        }
        boolean isWhole = header.take(next);
        if (isFirst) {
            check(next);
        }
        if (isWhole) {
            onHeader();
        }
        return true;
    }

    /** Ends the read as the socket does when nothing comes: Paho looks whether it is to stop, and reads again. */
    private void holdBack() throws IOException {
        try {
            if (!watch.awaitRoom()) {
                throw new SocketTimeoutException("no room for another packet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped");
        }
    }

    private int throwAway(long most) throws IOException {
        int count = in.read(scratch, 0, (int) Math.min(scratch.length, most));
        watch.onSkipped(Math.max(0, count));
        return count;
    }

    private void check(int first) throws IOException {
        int flags = header.flags();
        boolean isSent = switch (header.type()) {
            case 2, 4, 5, 7, 9, 11, 13 -> flags == 0;
            case PUBREL -> flags == PUBREL_FLAGS;
            case PUBLISH -> (first & QOS) != QOS;
            case 14, 15 -> flags == 0 && version == MqttVersion.V5;
            default -> false;
        };
        if (!isSent) {
            throw new IOException("no broker sends a packet that begins with 0x" + Integer.toHexString(first));
        }
    }

    private void onHeader() throws IOException {
        boolean isMessage = header.type() == PUBLISH;
        if (isTooLarge() && !isMessage) {
            throw new IOException("a packet of " + header.packetSize() + " bytes, more than " + MAX_PACKET);
        }
        if (isMessage) {
            name = new byte[NAME_LENGTH];
            named = 0;
        } else {
            give(header.bytes(), header.length());
        }
    }

    private boolean isTooLarge() {
        return header.packetSize() > MAX_PACKET;
    }

    /** The name's length is known, or all of it with the packet's id: then the message's beginning can be given. */
    private void onName() throws IOException {
        int topic = (name[0] & 0xff) << 8 | name[1] & 0xff;
        int length = header.length();
        int id = (header.flags() & QOS) == 0 ? 0 : PACKET_ID;
        int whole = NAME_LENGTH + topic + id;
        if (whole > length) {
            throw new IOException("a message with a topic of " + topic + " bytes in " + length);
        }
        if (name.length < whole) {
            name = Arrays.copyOf(name, whole);
            return;
        }
        if (isTooLarge()) {
            onLargeName(topic, whole);
            return;
        }
        checked(topic);
        byte[] begin = joined(header.bytes(), whole, whole);
        name = new byte[0];
        give(begin, length - whole);
    }

    /** As above, of a message to be cut; in MQTT 5 the length of its properties follows. */
    private void onLargeName(int topicBytes, int whole) throws IOException {
        int more = name.length - whole;
        if (version == MqttVersion.V5 && (more == 0 || name[name.length - 1] < 0)) {
            if (more == MAX_PROPERTIES_LENGTH) {
                throw new IOException("a message whose properties' length has more than four bytes");
            }
            name = Arrays.copyOf(name, name.length + 1);
            return;
        }
        String topic = checked(topicBytes);
        int length = header.length();
        long properties = FixedHeader.number(name, whole, name.length);
        long payload = length - name.length - properties;
        if (topic.isEmpty() || payload < 0) {
            throw new IOException(
                    "a message of " + length + " bytes without a topic, or with more properties than bytes");
        }
        int kept = (int) Math.min(payload, KEPT_PAYLOAD);
        watch.onCut(topic, header.packetSize());
        byte[] begin = shortened(whole, kept);
        name = new byte[0];
        give(begin, kept);
        before = properties;
        surplus = payload - kept;
    }

    /** The beginning of the same message with so much payload and no properties. */
    private byte[] shortened(int whole, int payload) {
        int size = whole + (version == MqttVersion.V5 ? 1 : 0);
        return joined(FixedHeader.of(header.first(), size + payload), whole, size);
    }

    /** A header, so much of the name, and nought up to the size that follows the header. */
    private byte[] joined(byte[] head, int whole, int size) {
        byte[] begin = Arrays.copyOf(head, head.length + size);
        System.arraycopy(name, 0, begin, head.length, whole);
        return begin;
    }

    private String checked(int topicBytes) throws IOException {
        String topic;
        try {
            topic = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(name, NAME_LENGTH, topicBytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("a message whose topic is not UTF-8", e);
        }
        if (topic.chars().anyMatch(c -> c == 0 || c == '#' || c == '+')
                || topic.isEmpty() && version == MqttVersion.V3) {
            throw new IOException("a message whose topic is none");
        }
        return topic;
    }

    private void give(byte[] begin, long then) {
        ready = begin;
        given = 0;
        body = then;
    }

    @Override
    public int available() throws IOException {
        if (given < ready.length) {
            return ready.length - given;
        }
        return before > 0 ? 0 : (int) Math.min(body, in.available());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
