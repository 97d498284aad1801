package io.fengsui.edge.rtsp.message;

/** Takes interleaved binary data (RFC 2326, 10.12). Event loop only. */
@FunctionalInterface
public interface FrameSink {
    /** The bytes are lent until this returns. */
    void onFrame(int channel, byte[] bytes, int offset, int length);
}
