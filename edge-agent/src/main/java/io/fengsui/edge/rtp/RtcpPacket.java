package io.fengsui.edge.rtp;

import java.util.ArrayList;
import java.util.List;

/** The parts of RTCP that we look at (RFC 3550, 6.4 to 6.6). Everything else in a compound packet is passed over. */
public sealed interface RtcpPacket {
    long ssrc();

    /** @param ntp 64-bit NTP time of the sender's clock, which may be anything */
    record SenderReport(long ssrc, long ntp, long rtpTimestamp) implements RtcpPacket {}

    /** The sender stops. */
    record Bye(long ssrc) implements RtcpPacket {}

    /** Parses a compound packet; a length past the end refuses all of it. */
    static List<RtcpPacket> parse(byte[] bytes, int offset, int size) throws MalformedPacketException {
        List<RtcpPacket> packets = new ArrayList<>(2);
        int at = offset;
        int end = offset + size;
        while (at < end) {
            if (end - at < 4 || (bytes[at] & 0xC0) != 0x80) {
                throw new MalformedPacketException("no RTCP header at byte " + (at - offset));
            }
            int length = 4 + 4 * RtpPacket.uint16(bytes, at + 2);
            if (length > end - at) {
                throw new MalformedPacketException("an RTCP packet at byte " + (at - offset) + " is past the end");
            }
            switch (bytes[at + 1] & 0xFF) {
                case 200 -> {
                    if (length < 28) {
                        throw new MalformedPacketException("a sender report of " + length + " bytes");
                    }
                    long ntp = RtpPacket.uint32(bytes, at + 8) << 32 | RtpPacket.uint32(bytes, at + 12);
                    packets.add(
                            new SenderReport(RtpPacket.uint32(bytes, at + 4), ntp, RtpPacket.uint32(bytes, at + 16)));
                }
                case 203 -> {
                    if (length >= 8) {
                        packets.add(new Bye(RtpPacket.uint32(bytes, at + 4)));
                    }
                }
                default -> {
                    // receiver reports, descriptions, application and feedback packets
                }
            }
            at += length;
        }
        return packets;
    }
}
