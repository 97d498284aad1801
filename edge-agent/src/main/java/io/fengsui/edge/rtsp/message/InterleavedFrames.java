package io.fengsui.edge.rtsp.message;

/** Writes binary data between messages (RFC 2326, 10.12). */
public final class InterleavedFrames {
    private InterleavedFrames() {}

    public static byte[] toBytes(int channel, byte[] payload) {
        byte[] frame = new byte[4 + payload.length];
        frame[0] = '$';
        frame[1] = (byte) channel;
        frame[2] = (byte) (payload.length >> 8);
        frame[3] = (byte) payload.length;
        System.arraycopy(payload, 0, frame, 4, payload.length);
        return frame;
    }
}
