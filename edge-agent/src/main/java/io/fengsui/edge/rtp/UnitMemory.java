package io.fengsui.edge.rtp;

import io.fengsui.edge.bitstream.AccessUnit;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * Arrays for pictures that are larger than usual, lent while one is being put together. Each event loop has its own, of
 * sizes of which each is four times the one before, so that a keyframe passes through two, and keeps {@value #MAX_KEPT_BYTES}
 * bytes at most of what nobody has: two hundred cameras in the middle of a keyframe. What is beyond goes to the garbage collector. An array is given back by the thread that took it, or lost
 * to another loop's stock, which does no harm.
 */
final class UnitMemory {
    /** What a camera has for itself: nearly all pictures that are no keyframes fit. */
    static final int SMALL_BYTES = 4 << 10;

    static final int MAX_KEPT_BYTES = 16 << 20;

    private static final int[] SIZES = {16 << 10, 64 << 10, 256 << 10, 1 << 20, AccessUnit.MAX_BYTES};

    private static final FastThreadLocal<UnitMemory> OF_LOOP = new FastThreadLocal<>() {
        @Override
        protected UnitMemory initialValue() {
            return new UnitMemory();
        }
    };

    private final List<Deque<byte[]>> stock =
            Stream.<Deque<byte[]>>generate(ArrayDeque::new).limit(SIZES.length).toList();
    private int keptBytes;

    private UnitMemory() {}

    /** An array of so many bytes or more, with anything in it; at most {@link AccessUnit#MAX_BYTES} are to be asked for. */
    static byte[] lend(int bytes) {
        return OF_LOOP.get().take(bytes);
    }

    /** An array that was lent; nobody may use it any more. */
    static void giveBack(byte[] array) {
        OF_LOOP.get().put(array);
    }

    /** Bytes that this thread's stock holds and nobody has. */
    static int keptBytes() {
        return OF_LOOP.get().keptBytes;
    }

    private byte[] take(int bytes) {
        int size = 0;
        while (SIZES[size] < bytes) {
            size++;
        }
        byte[] array = stock.get(size).pollLast();
        if (array == null) {
            return new byte[SIZES[size]];
        }
        keptBytes -= array.length;
        return array;
    }

    private void put(byte[] array) {
        if (keptBytes + array.length <= MAX_KEPT_BYTES) {
            keptBytes += array.length;
            stock.get(Arrays.binarySearch(SIZES, array.length)).addLast(array);
        }
    }
}
