package io.fengsui.hub.notify.send;

import io.fengsui.protocol.mqtt.FixedHeader;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads what a broker answers, packet by packet, before Paho does: Paho makes an array of whatever length five bytes
 * announce, up to 256 MiB, and a thread of its ends in silence over some packets that cannot be. The hub subscribes to
 * nothing, so that only answers come, and small ones; anything else ends the connection with its reason.
 *
 * <p>A read may end with a timeout at any byte and goes on there. Confined to Paho's receiving thread. Source: MQTT 5, 2.1.
 */
final class AnswerGuard extends InputStream {
    /** Largest packet that is let through. */
    static final int MAX_PACKET = 64 << 10;

    private static final int CONNACK = 2;
    private static final int PUBACK = 4;
    private static final int PINGRESP = 13;
    private static final int DISCONNECT = 14;

    private final InputStream in;
    private final FixedHeader header = new FixedHeader();
    /** A header that is whole. */
    private byte[] ready = {};
    /** Bytes of it that were given. */
    private int given;
    /** Bytes of the present packet that are given as they come. */
    private int body;

    AnswerGuard(InputStream in) {
        this.in = in;
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
        while (given == ready.length && body == 0) {
            int next = in.read();
            if (next < 0) {
                return -1;
            }
            onHeader(next);
        }
        if (given < ready.length) {
            int count = Math.min(length, ready.length - given);
            System.arraycopy(ready, given, into, offset, count);
            given += count;
            return count;
        }
        int count = in.read(into, offset, Math.min(length, body));
        body -= Math.max(0, count);
        return count;
    }

    private void onHeader(int next) throws IOException {
        boolean isFirst = !header.isBegun();
        boolean isWhole = header.take(next);
        if (isFirst) {
            check();
        }
        if (isWhole) {
            if (header.packetSize() > MAX_PACKET) {
                throw new IOException(
                        "the broker announced a packet of " + header.packetSize() + " bytes, more than " + MAX_PACKET);
            }
            ready = header.bytes();
            given = 0;
            body = header.length();
        }
    }

    private void check() throws IOException {
        int type = header.type();
        boolean isAnswer = type == CONNACK || type == PUBACK || type == PINGRESP || type == DISCONNECT;
        if (!isAnswer || header.flags() != 0) {
            throw new IOException("no broker answers a publisher with a packet that begins with 0x"
                    + Integer.toHexString(header.first()));
        }
    }

    @Override
    public int available() throws IOException {
        return given < ready.length ? ready.length - given : Math.min(body, in.available());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
