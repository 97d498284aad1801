package io.fengsui.edge.vision.wire;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Cuts a byte stream into frames: a length of four bytes, big endian, and as many bytes. Confined to its reader's
 * thread.
 */
public final class Frames {
    /** Bytes of the length before each frame. */
    public static final int PREFIX = 4;

    private static final int READ_SIZE = 64 << 10;

    private final int maxBytes;
    private ByteBuffer held = ByteBuffer.allocate(READ_SIZE);

    /** @param maxBytes largest frame that is taken */
    public Frames(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Reads bytes into a buffer; returns as a channel does. */
    public interface Source {
        int read(ByteBuffer into) throws IOException;
    }

    /** Takes a whole frame. */
    public interface Sink {
        void onFrame(ByteBuffer frame) throws IOException;
    }

    /**
     * Reads once and hands on the frames that are whole; a frame is valid during the call only. Returns what the read
     * returned: -1 at the end.
     */
    public int readFrom(Source source, Sink onFrame) throws IOException {
        int got = source.read(held);
        if (got <= 0) {
            return got;
        }
        held.flip();
        while (held.remaining() >= PREFIX) {
            int length = held.getInt(held.position());
            if (length < 1 || length > maxBytes) {
                throw new IOException("a frame of " + length + " bytes; 1 to " + maxBytes + " are allowed");
            }
            if (held.remaining() < PREFIX + length) {
                makeRoom(PREFIX + length);
                return got;
            }
            ByteBuffer frame = held.slice(held.position() + PREFIX, length);
            held.position(held.position() + PREFIX + length);
            onFrame.onFrame(frame);
        }
        makeRoom(READ_SIZE);
        return got;
    }

    /** Makes the buffer ready to take more bytes behind those that it holds. */
    private void makeRoom(int capacity) {
        boolean isTooLarge = capacity == READ_SIZE && held.capacity() > READ_SIZE;
        if (held.capacity() < capacity || isTooLarge) {
            ByteBuffer other = ByteBuffer.allocate(Math.max(capacity, held.remaining() + READ_SIZE));
            held = other.put(held);
        } else if (held.position() == 0) {
            // Nothing was taken from the front, so nothing is moved: a large frame comes in many pieces.
            int end = held.limit();
            held.limit(held.capacity()).position(end);
        } else {
            held.compact();
        }
    }
}
