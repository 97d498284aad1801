package io.fengsui.edge.sensor.mqtt;

import io.fengsui.edge.sensor.mqtt.BrokerSettings.MqttVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what a broker sends, packet by packet, before Paho does: Paho makes an array of the length that five bytes announce, up to
 * 256 MiB, before it has any of it, and a thread of its ends in silence over some packets that cannot be. What no broker may
 * send ends the connection with a reason. A message of MQTT 3.1.1 that is too large is cut, since such a broker knows no limit and would
 * send it again and again; one of MQTT 5 breaks what was agreed.
 *
 * <p>A read may end with a timeout at any byte and goes on there. Confined to Paho's receiving thread. Source: MQTT 3.1.1 and 5,
 * 2.1 and 3.3.
 */
final class PacketGuard extends InputStream {
    /** Largest packet that is taken whole. */
    static final int MAX_PACKET = 1 << 20;
    /** So much of a larger message's payload is left. */
    static final int KEPT_PAYLOAD = 512 << 10;

    private static final int MAX_HEADER = 5;
    private static final int PUBLISH = 3;
    private static final int PUBREL = 6;
    private static final int PUBREL_FLAGS = 2;
    private static final int QOS = 0x06;
    private static final int NAME_LENGTH = 2;
    private static final int PACKET_ID = 2;

    private final InputStream in;
    private final MqttVersion version;
    private final byte[] header = new byte[MAX_HEADER];
    private final byte[] scratch = new byte[8 << 10];
    /** Bytes of the header so far. */
    private int headed;

    /** Made by the guard itself, to be given before what {@link #in} has next. */
    private byte[] ready = {};

    private int given;
    /** Bytes of the present packet that are given as they come. */
    private long body;
    /** Bytes after these that are thrown away. */
    private long surplus;
    /** Of the present packet, as announced. */
    private long length;
    /** Beginning of a message until its name is known. */
    private byte[] name = {};

    private int named;

    PacketGuard(InputStream in, MqttVersion version) {
        this.in = in;
        this.version = version;
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
            if (body > 0) {
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
        if (surplus > 0) {
            int count = in.read(scratch, 0, (int) Math.min(scratch.length, surplus));
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
        int next = in.read();
        if (next < 0) {
            return false;
        }
        header[headed++] = (byte) next;
        if (headed == 1) {
            check(next);
        } else if ((next & 0x80) == 0) {
            onHeader();
        } else if (headed == MAX_HEADER) {
            throw new IOException("the length of a packet has more than four bytes");
        }
        return true;
    }

    private void check(int first) throws IOException {
        int flags = first & 0x0f;
        boolean isSent = switch (first >> 4) {
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
        length = 0;
        for (int i = headed - 1; i > 0; i--) {
            length = length << 7 | header[i] & 0x7f;
        }
        boolean isMessage = header[0] >> 4 == PUBLISH;
        if (headed + length > MAX_PACKET && !(isMessage && version == MqttVersion.V3)) {
            throw new IOException("a packet of " + (headed + length) + " bytes, more than " + MAX_PACKET);
        }
        if (isMessage) {
            name = new byte[NAME_LENGTH];
            named = 0;
        } else {
            give(Arrays.copyOf(header, headed), length, 0);
        }
    }

    /** The name's length is known, or all of it with the packet's id: then the message's beginning can be given. */
    private void onName() throws IOException {
        int topic = (name[0] & 0xff) << 8 | name[1] & 0xff;
        int id = (header[0] & QOS) == 0 ? 0 : PACKET_ID;
        int whole = NAME_LENGTH + topic + id;
        if (whole > length) {
            throw new IOException("a message with a topic of " + topic + " bytes in " + length);
        }
        if (name.length < whole) {
            name = Arrays.copyOf(name, whole);
            return;
        }
        checkTopic(topic);
        boolean isWhole = headed + length <= MAX_PACKET;
        long payload = isWhole ? length - whole : KEPT_PAYLOAD;
        byte[] head = isWhole ? Arrays.copyOf(header, headed) : shortened(whole + KEPT_PAYLOAD);
        byte[] begin = Arrays.copyOf(head, head.length + whole);
        System.arraycopy(name, 0, begin, head.length, whole);
        name = new byte[0];
        give(begin, payload, length - whole - payload);
    }

    /** The header of the same message with another length: of three bytes, since it is some hundred thousand. */
    private byte[] shortened(int length) {
        return new byte[] {
            header[0], (byte) (length & 0x7f | 0x80), (byte) (length >> 7 & 0x7f | 0x80), (byte) (length >> 14)
        };
    }

    private void checkTopic(int topicBytes) throws IOException {
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
    }

    private void give(byte[] begin, long then, long thrown) {
        ready = begin;
        given = 0;
        body = then;
        surplus = thrown;
        headed = 0;
    }

    @Override
    public int available() throws IOException {
        return given < ready.length ? ready.length - given : (int) Math.min(body, in.available());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
