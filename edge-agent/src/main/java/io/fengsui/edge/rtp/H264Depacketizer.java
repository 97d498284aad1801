package io.fengsui.edge.rtp;

import io.fengsui.edge.bitstream.AnnexB;
import io.fengsui.edge.bitstream.NalUnit;

/**
 * Takes RTP payloads of H.264 apart (RFC 6184): single NAL units, STAP-A and FU-A, as packetization modes 0 and 1 have
 * them. What is built of them is bounded by the access unit's cap; nothing else is kept between packets.
 *
 * <p>Packets must come in order. Event loop of the stream only.
 */
final class H264Depacketizer implements Depacketizer {
    private static final int STAP_A = 24;
    private static final int STAP_B = 25;
    private static final int FU_A = 28;
    private static final int FU_B = 29;
    private static final int HEADER_BITS = 0xE0;
    private static final int START = 0x80;
    private static final int END = 0x40;

    private final StreamCounters counters;
    private final AccessUnitAssembler assembler;
    private boolean inFragment;

    H264Depacketizer(StreamCounters counters, AccessUnitAssembler assembler) {
        this.counters = counters;
        this.assembler = assembler;
    }

    @Override
    public void onPacket(RtpPacket packet, int lost) {
        if (lost != 0 || endsFragment(packet)) {
            abandonFragment();
        }
        if (lost != 0) {
            assembler.onLoss();
        }
        assembler.onTime(packet.timestamp(), packet.arrivalNanos());
        if (packet.payloadLength() > 0) {
            onPayload(packet.bytes(), packet.payloadOffset(), packet.payloadLength());
        }
        if (packet.marker()) {
            abandonFragment();
            assembler.onMarker();
        }
    }

    /** Whether the fragment begun before can only be incomplete, because this packet does not continue it. */
    private static boolean endsFragment(RtpPacket packet) {
        int at = packet.payloadOffset();
        return packet.payloadLength() > 1
                && ((packet.bytes()[at] & 0x1F) != FU_A || (packet.bytes()[at + 1] & START) != 0);
    }

    private void onPayload(byte[] bytes, int offset, int length) {
        int type = bytes[offset] & 0x1F;
        if (type == FU_A) {
            onFragment(bytes, offset, length);
            return;
        }
        if (type >= 1 && type <= NalUnit.LAST_OWN_TYPE) {
            assembler.onUnit(bytes, offset, length);
        } else if (type == STAP_A) {
            onAggregate(bytes, offset + 1, length - 1);
        } else if (type >= STAP_B && type <= FU_B) {
            counters.count(StreamProblem.UNSUPPORTED_PACKETIZATION);
            assembler.onMissingPart();
        } else if (type == 0 && AnnexB.startCode(bytes, offset, offset + Math.min(4, length)) >= 0) {
            assembler.onUnit(bytes, offset, length); // a byte stream, as some cameras pack it
        } else {
            counters.count(StreamProblem.UNKNOWN_NAL_UNIT);
        }
    }

    private void onAggregate(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (end - at > 2) {
            int size = RtpPacket.uint16(bytes, at);
            at += 2;
            if (size > end - at) {
                counters.count(StreamProblem.MALFORMED_AGGREGATE);
                assembler.onMissingPart();
                return;
            }
            if (size == 0 || (bytes[at] & 0x1F) > NalUnit.LAST_OWN_TYPE) {
                counters.count(StreamProblem.MALFORMED_AGGREGATE);
            } else {
                assembler.onUnit(bytes, at, size);
            }
            at += size;
        }
        if (end != at) {
            counters.count(StreamProblem.MALFORMED_AGGREGATE);
        }
    }

    /**
     * RFC 6184, 5.8. Start and end in one packet are forbidden there and sent by cameras; the type of later fragments
     * and the reserved bit are not looked at, because cameras get them wrong.
     */
    private void onFragment(byte[] bytes, int offset, int length) {
        if (length < 2) {
            counters.count(StreamProblem.BROKEN_FRAGMENT);
            return;
        }
        int header = bytes[offset + 1];
        if ((header & START) != 0) {
            int unitHeader = (bytes[offset] & HEADER_BITS) | (header & 0x1F);
            assembler.beginUnit((byte) unitHeader);
            inFragment = true;
        } else if (!inFragment) {
            counters.count(StreamProblem.BROKEN_FRAGMENT);
            assembler.onMissingPart();
            return;
        }
        assembler.append(bytes, offset + 2, length - 2);
        if ((header & END) != 0) {
            inFragment = false;
            assembler.endUnit();
        }
    }

    private void abandonFragment() {
        if (inFragment) {
            inFragment = false;
            counters.count(StreamProblem.BROKEN_FRAGMENT);
            assembler.abandonUnit();
        }
    }
}
