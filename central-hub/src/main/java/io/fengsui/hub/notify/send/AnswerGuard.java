package io.fengsui.hub.notify.send;

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

    private static final int MAX_HEADER = 5;
    private static final int CONNACK = 2;
    private static final int PUBACK = 4;
    private static final int PINGRESP = 13;
    private static final int DISCONNECT = 14;

    private final InputStream in;
    private final byte[] header = new byte[MAX_HEADER];
    /** Bytes of the header so far. */
    private int headed;
    /** Of a header that is whole, bytes that are given still. */
    private int ready;
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
        while (ready == 0 && body == 0) {
            int next = in.read();
            if (next < 0) {
                return -1;
            }
            onHeader(next);
        }
        if (ready > 0) {
            int count = Math.min(length, ready);
            System.arraycopy(header, headed - ready, into, offset, count);
            ready -= count;
            headed = ready == 0 ? 0 : headed;
            return count;
        }
        int count = in.read(into, offset, Math.min(length, body));
        body -= Math.max(0, count);
        return count;
    }

    private void onHeader(int next) throws IOException {
        if (headed == 0) {
            check(next);
        }
        header[headed++] = (byte) next;
        if (headed == 1) {
            return;
        }
        if ((next & 0x80) == 0) {
            int length = 0;
            for (int i = headed - 1; i > 0; i--) {
                length = length << 7 | header[i] & 0x7f;
            }
            if (headed + length > MAX_PACKET) {
                throw new IOException(
                        "the broker announced a packet of " + (headed + length) + " bytes, more than " + MAX_PACKET);
            }
            ready = headed;
            body = length;
        } else if (headed == MAX_HEADER) {
            throw new IOException("the length of a packet has more than four bytes");
        }
    }

    private static void check(int first) throws IOException {
        int type = first >> 4;
        boolean isAnswer = type == CONNACK || type == PUBACK || type == PINGRESP || type == DISCONNECT;
        if (!isAnswer || (first & 0x0f) != 0) {
            throw new IOException(
                    "no broker answers a publisher with a packet that begins with 0x" + Integer.toHexString(first));
        }
    }

    @Override
    public int available() throws IOException {
        return ready > 0 ? ready : Math.min(body, in.available());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
