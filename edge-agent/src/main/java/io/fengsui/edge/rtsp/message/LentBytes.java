package io.fengsui.edge.rtsp.message;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * The bytes of a packet as an array: one array for each event loop serves all its connections, since whoever is given it
 * has done with it before the next packet is read. One copy a packet and no allocation.
 */
public final class LentBytes {
    /** The longest frame that RTSP can interleave, and the longest datagram. */
    private static final int MOST = (1 << 16) - 1;

    private static final FastThreadLocal<byte[]> LENT = new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
            return new byte[MOST];
        }
    };

    private LentBytes() {}

    /** Reads so many bytes, at most 65,535, to the beginning of an array that is lent until the next call on this thread. */
    public static byte[] read(ByteBuf from, int length) {
        byte[] bytes = LENT.get();
        from.readBytes(bytes, 0, length);
        return bytes;
    }
}
