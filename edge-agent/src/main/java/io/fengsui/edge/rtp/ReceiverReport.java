package io.fengsui.edge.rtp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes the report that keeps some cameras sending (RFC 3550, 6.4.2): a receiver report and the CNAME that must go with
 * it.
 *
 * @param lost packets since the start of the stream
 * @param highestSequence extended by the count of cycles
 * @param lastSenderReport middle 32 bits of its NTP time, 0 if none came
 * @param sinceSenderReport in units of 1/65536 s
 */
record ReceiverReport(
        long ownSsrc, long ssrc, long lost, long highestSequence, long lastSenderReport, long sinceSenderReport) {
    private static final byte[] CNAME = "fengsui".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_LOST = 0x7F_FFFF;

    byte[] toBytes() {
        int description = 4 + 4 + ((2 + CNAME.length + 1 + 3) / 4) * 4;
        ByteBuffer out = ByteBuffer.allocate(32 + description);
        out.put((byte) 0x81).put((byte) 201).putShort((short) 7);
        out.putInt((int) ownSsrc).putInt((int) ssrc);
        out.putInt((int) Math.min(lost, MAX_LOST)); // fraction lost 0, cumulative in 24 bits
        out.putInt((int) highestSequence).putInt(0); // no jitter estimate
        out.putInt((int) lastSenderReport).putInt((int) sinceSenderReport);
        out.put((byte) 0x81).put((byte) 202).putShort((short) (description / 4 - 1));
        out.putInt((int) ownSsrc).put((byte) 1).put((byte) CNAME.length).put(CNAME);
        return out.array();
    }
}
