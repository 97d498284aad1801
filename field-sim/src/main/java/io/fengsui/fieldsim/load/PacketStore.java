package io.fengsui.fieldsim.load;

import io.fengsui.fieldsim.library.CodedStream;
import io.fengsui.fieldsim.library.StreamLibrary;
import io.fengsui.fieldsim.library.StreamTruth;
import io.netty.channel.unix.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A stream cut into packets once, in memory outside of the heap: each as {@code $}, channel, length, RTP header, payload. What
 * differs between cameras is written into the header just before a packet is sent, which is right because sending copies.
 * Confined to the event loop after it was made.
 */
final class PacketStore {
    /** Bytes before the payload: four of the interleaved frame, twelve of RTP. */
    static final int HEADER = 16;

    private static final int FRAME_HEADER = 4;
    private static final int CLOCK_RATE = 90_000;
    private static final int PAYLOAD_TYPE = 96;

    private final StreamTruth truth;
    private final List<byte[]> parameterSets;
    private final ByteBuffer bytes;
    private final long address;
    /** Where each packet begins; one more at the end. */
    private final int[] packets;
    /** The first packet of each frame; one more at the end. */
    private final int[] frames;

    private final boolean[] keyframes;

    PacketStore(StreamLibrary.Entry entry) throws IOException {
        this.truth = entry.truth();
        CodedStream stream = CodedStream.read(entry.video(), truth.codec());
        boolean isH264 = truth.codec().equals("h264");
        List<CodedStream.Picture> pictures = stream.pictures();
        this.parameterSets = pictures.getFirst().nalUnits().stream()
                .filter(unit -> isParameterSet(unit, isH264))
                .toList();
        this.frames = new int[pictures.size() + 1];
        this.keyframes = new boolean[pictures.size()];
        List<byte[]> payloads = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            frames[i] = payloads.size();
            keyframes[i] = pictures.get(i).isKeyframe();
            payloads.addAll(PayloadCutter.payloads(pictures.get(i).nalUnits(), isH264));
        }
        frames[pictures.size()] = payloads.size();
        this.packets = new int[payloads.size() + 1];
        for (int i = 0; i < payloads.size(); i++) {
            packets[i + 1] = packets[i] + HEADER + payloads.get(i).length;
        }
        this.bytes = ByteBuffer.allocateDirect(packets[payloads.size()]);
        this.address = Buffer.memoryAddress(bytes);
        fill(payloads);
    }

    private static boolean isParameterSet(byte[] unit, boolean isH264) {
        int type = isH264 ? unit[0] & 0x1f : unit[0] >> 1 & 0x3f;
        return isH264 ? type == 7 || type == 8 : type >= 32 && type <= 34;
    }

    private void fill(List<byte[]> payloads) {
        for (int frame = 0; frame < keyframes.length; frame++) {
            for (int i = frames[frame]; i < frames[frame + 1]; i++) {
                byte[] payload = payloads.get(i);
                boolean isLast = i == frames[frame + 1] - 1;
                bytes.put(packets[i], (byte) '$');
                bytes.putShort(packets[i] + 2, (short) (HEADER - FRAME_HEADER + payload.length));
                bytes.put(packets[i] + 4, (byte) 0x80);
                bytes.put(packets[i] + 5, (byte) (PAYLOAD_TYPE | (isLast ? 0x80 : 0)));
                bytes.put(packets[i] + HEADER, payload);
            }
        }
    }

    StreamTruth truth() {
        return truth;
    }

    int frameCount() {
        return keyframes.length;
    }

    boolean isKeyframe(int frame) {
        return keyframes[frame];
    }

    int firstPacket(int frame) {
        return frames[frame];
    }

    int packetsOf(int frame) {
        return frames[frame + 1] - frames[frame];
    }

    /** Time stamp steps of one frame. */
    int ticksPerFrame() {
        return CLOCK_RATE / truth.framesPerSecond();
    }

    /** Makes the packet this camera's own. */
    void stamp(int packet, int channel, int sequence, int timestamp, int ssrc) {
        int at = packets[packet];
        bytes.put(at + 1, (byte) channel);
        bytes.putShort(at + 6, (short) sequence);
        bytes.putInt(at + 8, timestamp);
        bytes.putInt(at + 12, ssrc);
    }

    long address() {
        return address;
    }

    /** Where the packet begins, with the four bytes of the interleaved frame. */
    int begin(int packet) {
        return packets[packet];
    }

    int end(int packet) {
        return packets[packet + 1];
    }

    ByteBuffer slice(int from, int to) {
        return bytes.slice(from, to - from);
    }

    List<byte[]> parameterSets() {
        return parameterSets;
    }
}
