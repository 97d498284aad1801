package io.fengsui.edge.rtp;

import io.fengsui.edge.bitstream.AccessUnit;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Arrays for pictures that are larger than usual, lent while one is being put together. Each event loop has its own, of sizes
 * that double, and keeps as many as were lent at the same time lately: what it throws away
 * would grow old before the collector finds it. An array is given back by the thread that took it, or lost to another loop's
 * stock, which does no harm.
 */
final class UnitMemory {
    /** What a camera has for itself: nearly all pictures that are no keyframes fit. */
    static final int SMALL_BYTES = 4 << 10;
    /** Larger ones are not kept: a picture of such a size is the only one of its kind. */
    static final int MAX_KEPT_BYTES = 2 << 20;
    /** Arrays given back from one look at what nobody needed to the next: some seconds of a thousand cameras. */
    static final int LOOKED_AFTER = 4096;

    private static final int[] KEPT_SIZES = {
        32 << 10, 64 << 10, 128 << 10, 256 << 10, 512 << 10, 1 << 20, MAX_KEPT_BYTES
    };

    private static final FastThreadLocal<UnitMemory> OF_LOOP = new FastThreadLocal<>() {
        @Override
        protected UnitMemory initialValue() {
            return new UnitMemory();
        }
    };

    /** Arrays of one size that nobody has. */
    private static final class Stock {
        private final int bytes;
        private final Deque<byte[]> free = new ArrayDeque<>();
        /** The fewest since the last look. */
        private int fewest;

        Stock(int bytes) {
            this.bytes = bytes;
        }

        byte[] take() {
            byte[] array = free.pollLast();
            fewest = Math.min(fewest, free.size());
            return array == null ? new byte[bytes] : array;
        }

        void dropIdle() {
            for (int i = 0; i < fewest; i++) {
                free.pollFirst();
            }
            fewest = free.size();
        }
    }

    private final List<Stock> stocks =
            IntStream.of(KEPT_SIZES).mapToObj(Stock::new).toList();
    private int given;

    private UnitMemory() {}

    /** An array of so many bytes or more, with anything in it; at most {@link AccessUnit#MAX_BYTES} are to be asked for. */
    static byte[] lend(int bytes) {
        return bytes > MAX_KEPT_BYTES
                ? new byte[AccessUnit.MAX_BYTES]
                : OF_LOOP.get().of(bytes).take();
    }

    /** An array that was lent; nobody may use it any more. */
    static void giveBack(byte[] array) {
        if (array.length <= MAX_KEPT_BYTES) {
            OF_LOOP.get().put(array);
        }
    }

    /** Bytes that this thread's stock holds and nobody has. */
    static int keptBytes() {
        return OF_LOOP.get().stocks.stream()
                .mapToInt(stock -> stock.bytes * stock.free.size())
                .sum();
    }

    private Stock of(int bytes) {
        int size = 0;
        while (KEPT_SIZES[size] < bytes) {
            size++;
        }
        return stocks.get(size);
    }

    private void put(byte[] array) {
        of(array.length).free.addLast(array);
        if (++given == LOOKED_AFTER) {
            given = 0;
            stocks.forEach(Stock::dropIdle);
        }
    }
}
