package io.fengsui.edge.rtp;

/**
 * One RTP packet (RFC 3550, 5.1): its header and where its payload is, without CSRCs, extension and padding.
 *
 * @param sequence 0..65535
 * @param timestamp 0..2^32-1
 * @param bytes the whole packet; owned by this record: nobody changes the bytes
 * @param arrivalNanos steady clock
 */
@SuppressWarnings("ArrayRecordComponent") // handed on as it came; never compared
public record RtpPacket(
        boolean marker,
        int payloadType,
        int sequence,
        long timestamp,
        long ssrc,
        byte[] bytes,
        int payloadOffset,
        int payloadLength,
        long arrivalNanos) {
    private static final int HEADER = 12;
    private static final int VERSION = 2;

    /** Takes over the bytes. The payload may be empty. */
    public static RtpPacket parse(byte[] bytes, long arrivalNanos) throws MalformedPacketException {
        if (bytes.length < HEADER) {
            throw new MalformedPacketException("an RTP packet of " + bytes.length + " bytes");
        }
        int first = bytes[0] & 0xFF;
        if (first >> 6 != VERSION) {
            throw new MalformedPacketException("RTP version " + (first >> 6));
        }
        int offset = HEADER + 4 * (first & 0x0F);
        if ((first & 0x10) != 0) {
            if (offset + 4 > bytes.length) {
                throw new MalformedPacketException("the header extension is past the end");
            }
            offset += 4 + 4 * uint16(bytes, offset + 2);
        }
        int end = bytes.length;
        if ((first & 0x20) != 0) {
            int padding = bytes[end - 1] & 0xFF;
            if (padding == 0) {
                throw new MalformedPacketException("padding of 0 bytes");
            }
            end -= padding;
        }
        if (offset > end) {
            throw new MalformedPacketException("CSRCs, extension or padding are longer than the packet");
        }
        int second = bytes[1] & 0xFF;
        return new RtpPacket(
                (second & 0x80) != 0,
                second & 0x7F,
                uint16(bytes, 2),
                uint32(bytes, 4),
                uint32(bytes, 8),
                bytes,
                offset,
                end - offset,
                arrivalNanos);
    }

    static int uint16(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
    }

    static long uint32(byte[] bytes, int at) {
        return (long) uint16(bytes, at) << 16 | uint16(bytes, at + 2);
    }
}
