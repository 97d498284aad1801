package io.fengsui.edge.rtp;

/** Takes the payloads of one codec apart. Packets must come in order. Event loop of the stream only. */
interface Depacketizer {
    /** @param lost packets missing before this one, negative if reception began anew */
    void onPacket(RtpPacket packet, int lost);
}
