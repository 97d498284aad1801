package io.fengsui.edge.rtp;

import java.util.Arrays;

/**
 * One RTP packet (RFC 3550, 5.1): its header and where its payload is, without CSRCs, extension and padding. A receiver
 * has one of these and reads each packet into it; whoever keeps a packet keeps a {@link #copy}. Event loop of the stream
 * only.
 */
final class RtpPacket {
    private static final int HEADER = 12;
    private static final int VERSION = 2;

    private byte[] bytes = new byte[0];
    private int from;
    private int payloadOffset;
    private int payloadLength;
    private int end;
    private long arrivalNanos;

    /** Reads another packet; its bytes are lent. The payload may be empty. */
    void read(byte[] lent, int offset, int length, long nowNanos) throws MalformedPacketException {
        if (length < HEADER) {
            throw new MalformedPacketException("an RTP packet of " + length + " bytes");
        }
        int first = lent[offset] & 0xFF;
        if (first >> 6 != VERSION) {
            throw new MalformedPacketException("RTP version " + (first >> 6));
        }
        int after = offset + length;
        int payload = offset + HEADER + 4 * (first & 0x0F);
        if ((first & 0x10) != 0) {
            if (payload + 4 > after) {
                throw new MalformedPacketException("the header extension is past the end");
            }
            payload += 4 + 4 * uint16(lent, payload + 2);
        }
        int payloadEnd = after;
        if ((first & 0x20) != 0) {
            int padding = lent[after - 1] & 0xFF;
            if (padding == 0) {
                throw new MalformedPacketException("padding of 0 bytes");
            }
            payloadEnd -= padding;
        }
        if (payload > payloadEnd) {
            throw new MalformedPacketException("CSRCs, extension or padding are longer than the packet");
        }
        bytes = lent;
        from = offset;
        end = after;
        payloadOffset = payload;
        payloadLength = payloadEnd - payload;
        arrivalNanos = nowNanos;
    }

    /** One with bytes of its own. */
    RtpPacket copy() {
        RtpPacket copy = new RtpPacket();
        copy.bytes = Arrays.copyOfRange(bytes, from, end);
        copy.end = end - from;
        copy.payloadOffset = payloadOffset - from;
        copy.payloadLength = payloadLength;
        copy.arrivalNanos = arrivalNanos;
        return copy;
    }

    boolean marker() {
        return (bytes[from + 1] & 0x80) != 0;
    }

    int payloadType() {
        return bytes[from + 1] & 0x7F;
    }

    /** 0 to 65535. */
    int sequence() {
        return uint16(bytes, from + 2);
    }

    /** 0 to 2^32-1. */
    long timestamp() {
        return uint32(bytes, from + 4);
    }

    long ssrc() {
        return uint32(bytes, from + 8);
    }

    /** The array that the packet lies in. */
    byte[] bytes() {
        return bytes;
    }

    int payloadOffset() {
        return payloadOffset;
    }

    int payloadLength() {
        return payloadLength;
    }

    /** Steady clock. */
    long arrivalNanos() {
        return arrivalNanos;
    }

    static int uint16(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
    }

    static long uint32(byte[] bytes, int at) {
        return (long) uint16(bytes, at) << 16 | uint16(bytes, at + 2);
    }
}
