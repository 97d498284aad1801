package io.fengsui.edge.rtp;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.ParameterSets;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A camera's packets, made by hand, and a receiver that they are given to. */
final class TestingPackets {
    static final int SSRC = 0x1234_5678;

    final StreamCounters counters = new StreamCounters();
    final List<AccessUnit> units = new ArrayList<>();
    final RtpReceiver receiver;

    int sequence = 1000;
    long timestamp = 90_000;
    int ssrc = SSRC;
    long nowNanos = 1;

    TestingPackets() {
        this(ParameterSets.NONE);
    }

    TestingPackets(ParameterSets known) {
        this(new RtpReceiver.Format(96, 90_000, known));
    }

    TestingPackets(RtpReceiver.Format format) {
        AtomicLong generations = new AtomicLong();
        receiver = new RtpReceiver(format, counters, generations::incrementAndGet, 7, units::add);
    }

    TestingPackets packet(boolean marker, byte[] payload) {
        byte[] bytes = bytes(marker, payload);
        receiver.onRtp(bytes, 0, bytes.length, nowNanos);
        return this;
    }

    byte[] bytes(boolean marker, byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(12 + payload.length);
        packet.put((byte) 0x80).put((byte) (marker ? 0xE0 : 0x60)).putShort((short) sequence++);
        packet.putInt((int) timestamp).putInt(ssrc).put(payload);
        return packet.array();
    }

    /** The next packets belong to the next picture. */
    TestingPackets nextPicture() {
        timestamp += 3600;
        return this;
    }

    /** So many packets are lost here. */
    TestingPackets lose(int packets) {
        sequence += packets;
        return this;
    }

    static byte[] aggregate(byte[]... nals) {
        int length = 1;
        for (byte[] nal : nals) {
            length += 2 + nal.length;
        }
        ByteBuffer payload = ByteBuffer.allocate(length).put((byte) 0x78);
        for (byte[] nal : nals) {
            payload.putShort((short) nal.length).put(nal);
        }
        return payload.array();
    }

    /** Fragments of so many bytes each. */
    static List<byte[]> fragments(byte[] nal, int size) {
        List<byte[]> payloads = new ArrayList<>();
        for (int at = 1; at < nal.length; at += size) {
            int length = Math.min(size, nal.length - at);
            int flags = (at == 1 ? 0x80 : 0) | (at + length == nal.length ? 0x40 : 0);
            ByteBuffer payload = ByteBuffer.allocate(2 + length);
            payload.put((byte) (nal[0] & 0xE0 | 28))
                    .put((byte) (flags | nal[0] & 0x1F))
                    .put(nal, at, length);
            payloads.add(payload.array());
        }
        return payloads;
    }
}
