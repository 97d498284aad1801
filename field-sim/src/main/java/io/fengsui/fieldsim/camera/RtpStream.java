package io.fengsui.fieldsim.camera;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * One RTP stream framed for a TCP connection (RFC 3550; RFC 2326, section 10.12): numbers, time stamps and sender reports. Event
 * loop only; the caller owns the buffers.
 */
final class RtpStream {
    private static final int RTP_HEADER = 12;
    private static final int SENDER_REPORT = 28;
    /** Seconds from 1900 to 1970. */
    private static final long NTP_EPOCH = 2_208_988_800L;

    private final int channel;
    private final int ssrc;
    private final int firstTimestamp;
    private int sequence;
    private long packets;
    private long octets;

    RtpStream(int channel, RandomGenerator random) {
        this.channel = channel;
        this.ssrc = random.nextInt();
        this.firstTimestamp = random.nextInt();
        this.sequence = random.nextInt(1 << 16);
    }

    int nextSequence() {
        return sequence;
    }

    long timestamp(long ticks) {
        return (firstTimestamp + ticks) & 0xffff_ffffL;
    }

    String ssrc() {
        return String.format("%08X", ssrc);
    }

    ByteBuf packet(ByteBufAllocator allocator, byte[] payload, long ticks, boolean isLast) {
        ByteBuf out = allocator.buffer(4 + RTP_HEADER + payload.length);
        frame(out, channel, RTP_HEADER + payload.length);
        out.writeByte(0x80);
        out.writeByte(SessionDescription.PAYLOAD_TYPE | (isLast ? 0x80 : 0));
        out.writeShort(sequence);
        out.writeInt((int) timestamp(ticks));
        out.writeInt(ssrc);
        out.writeBytes(payload);
        sequence = (sequence + 1) & 0xffff;
        packets++;
        octets += payload.length;
        return out;
    }

    /** Says which wall time the time stamp belongs to (RFC 3550, section 6.4.1). */
    ByteBuf senderReport(ByteBufAllocator allocator, long ticks, Instant wall) {
        ByteBuf out = allocator.buffer(4 + SENDER_REPORT);
        frame(out, channel + 1, SENDER_REPORT);
        out.writeByte(0x80);
        out.writeByte(200);
        out.writeShort(SENDER_REPORT / 4 - 1);
        out.writeInt(ssrc);
        out.writeInt((int) (wall.getEpochSecond() + NTP_EPOCH));
        out.writeInt((int) (((long) wall.getNano() << 32) / 1_000_000_000L));
        out.writeInt((int) timestamp(ticks));
        out.writeInt((int) packets);
        out.writeInt((int) octets);
        return out;
    }

    private static void frame(ByteBuf out, int channel, int length) {
        out.writeByte('$');
        out.writeByte(channel);
        out.writeShort(length);
    }
}
