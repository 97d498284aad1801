package io.fengsui.edge.rtp;

import io.fengsui.edge.bitstream.AnnexB;
import io.fengsui.edge.bitstream.H265Unit;

/**
 * Takes RTP payloads of H.265 apart (RFC 7798): single NAL units, aggregation packets and fragmentation units, with or
 * without decoding order numbers. The numbers are passed over: units are taken in the order of transmission, which is that
 * of decoding in what cameras send. PACI packets are refused.
 *
 * <p>Packets must come in order. Event loop of the stream only.
 */
final class H265Depacketizer implements Depacketizer {
    private static final int AGGREGATE = 48;
    private static final int FRAGMENT = 49;
    private static final int PACI = 50;
    private static final int START = 0x80;
    private static final int END = 0x40;
    private static final int DONL_BYTES = 2;

    private final StreamCounters counters;
    private final AccessUnitAssembler assembler;
    private final boolean hasOrderNumbers;
    private boolean inFragment;

    /** @param hasOrderNumbers whether sprop-max-don-diff is over 0, so that DONL and DOND fields are there */
    H265Depacketizer(StreamCounters counters, AccessUnitAssembler assembler, boolean hasOrderNumbers) {
        this.counters = counters;
        this.assembler = assembler;
        this.hasOrderNumbers = hasOrderNumbers;
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

    private static boolean endsFragment(RtpPacket packet) {
        int at = packet.payloadOffset();
        return packet.payloadLength() > 2
                && (H265Unit.type(packet.bytes()[at]) != FRAGMENT || (packet.bytes()[at + 2] & START) != 0);
    }

    private void onPayload(byte[] bytes, int offset, int length) {
        int type = H265Unit.type(bytes[offset]);
        if (type == FRAGMENT) {
            onFragment(bytes, offset, length);
        } else if (type == AGGREGATE) {
            onAggregate(bytes, offset + H265Unit.HEADER_BYTES, length - H265Unit.HEADER_BYTES);
        } else if (type == PACI) {
            counters.count(StreamProblem.UNSUPPORTED_PACKETIZATION);
            assembler.onMissingPart();
        } else if (type == 0 && AnnexB.startCode(bytes, offset, offset + Math.min(4, length)) >= 0) {
            assembler.onUnit(bytes, offset, length); // a byte stream, as some cameras pack it
        } else if (type > PACI) {
            counters.count(StreamProblem.UNKNOWN_NAL_UNIT);
        } else {
            onSingle(bytes, offset, length);
        }
    }

    /** 4.4.1: the number stands between header and payload. */
    private void onSingle(byte[] bytes, int offset, int length) {
        if (!hasOrderNumbers) {
            assembler.onUnit(bytes, offset, length);
            return;
        }
        int from = H265Unit.HEADER_BYTES + DONL_BYTES;
        if (length <= from) {
            counters.count(StreamProblem.UNKNOWN_NAL_UNIT);
            return;
        }
        assembler.beginUnit(bytes[offset]);
        assembler.append(bytes, offset + 1, 1);
        assembler.append(bytes, offset + from, length - from);
        assembler.endUnit();
    }

    /** 4.4.2: sizes of two bytes; the first unit has a DONL, each later one a DOND of one byte. */
    private void onAggregate(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        boolean isFirst = true;
        while (at < end) {
            at += hasOrderNumbers ? isFirst ? DONL_BYTES : 1 : 0;
            isFirst = false;
            if (end - at <= 2) {
                counters.count(StreamProblem.MALFORMED_AGGREGATE);
                return;
            }
            int size = RtpPacket.uint16(bytes, at);
            at += 2;
            if (size > end - at) {
                counters.count(StreamProblem.MALFORMED_AGGREGATE);
                assembler.onMissingPart();
                return;
            }
            if (size < H265Unit.HEADER_BYTES || H265Unit.type(bytes[at]) > H265Unit.LAST_OWN_TYPE) {
                counters.count(StreamProblem.MALFORMED_AGGREGATE);
            } else {
                assembler.onUnit(bytes, at, size);
            }
            at += size;
        }
    }

    /** 4.4.3: two bytes of payload header, one of FU header, in the first fragment perhaps a DONL. */
    private void onFragment(byte[] bytes, int offset, int length) {
        int from = H265Unit.HEADER_BYTES + 1;
        if (length < from) {
            counters.count(StreamProblem.BROKEN_FRAGMENT);
            return;
        }
        int header = bytes[offset + 2];
        if ((header & START) != 0) {
            int first = (bytes[offset] & 0x81) | (header & 0x3F) << 1;
            assembler.beginUnit((byte) first);
            assembler.append(bytes, offset + 1, 1);
            inFragment = true;
            from += hasOrderNumbers ? DONL_BYTES : 0;
        } else if (!inFragment) {
            counters.count(StreamProblem.BROKEN_FRAGMENT);
            assembler.onMissingPart();
            return;
        }
        if (length > from) {
            assembler.append(bytes, offset + from, length - from);
        }
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
