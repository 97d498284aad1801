package io.fengsui.edge.camera.gop;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Memory outside the heap for the groups of pictures of all cameras, cut into slabs. What is taken never exceeds the
 * budget; the system gives it a chunk at a time, as cameras come.
 *
 * <p>When it gets short, cameras that nobody looked at lately are refused first, then keyframes, last of all what belongs
 * to a camera that is being watched. Thread-safe; takes and gives without a lock, but for a new chunk. The garbage
 * collector gives the memory back once neither arena nor snapshot is left.
 */
public final class GopArena {
    /** Bytes of a slab: a hundredth part of a usual group of pictures is lost in the last one. */
    public static final int SLAB_BYTES = 4096;

    private static final int CHUNK_SLABS = 256;
    private static final int NONE = -1;
    private static final int PERCENT = 100;
    private static final int COLD_PERCENT = 85;
    private static final int KEYFRAME_PERCENT = 95;

    /** Who asks for memory: how full the arena may be then. */
    enum Claim {
        /** More than the keyframe of a camera that nobody looked at lately. */
        COLD,
        /** The keyframe of any camera. */
        KEYFRAME,
        /** Whatever belongs to a camera that is being watched. */
        WATCHED
    }

    private final GopSettings settings;
    private final int maxSlabs;
    private final int maxColdSlabs;
    private final int maxKeyframeSlabs;
    private final Arena memory = Arena.ofAuto();
    private final AtomicReferenceArray<MemorySegment> chunks;
    private final AtomicInteger chunkCount = new AtomicInteger();

    /** Free slabs as a stack: the number under each, and the top with a count of changes above it (Treiber, 1986). */
    private final AtomicIntegerArray under;

    private final AtomicLong top = new AtomicLong(pack(0, NONE));
    private final AtomicInteger used = new AtomicInteger();
    private final AtomicInteger buffers = new AtomicInteger();
    final LongAdder shrunk = new LongAdder();
    final LongAdder refused = new LongAdder();

    /**
     * @param usedBytes in slabs that belong to somebody
     * @param reservedBytes taken from the system
     * @param shrunk groups of pictures of cold cameras that were cut or not continued, since memory was short
     * @param refused access units of watched cameras, and keyframes, for which there was no memory
     */
    public record Usage(long usedBytes, long reservedBytes, long budgetBytes, long shrunk, long refused) {}

    public GopArena(GopSettings settings) {
        this.settings = settings;
        this.maxSlabs = Math.toIntExact(settings.budgetBytes() / SLAB_BYTES);
        this.maxColdSlabs = (int) ((long) maxSlabs * COLD_PERCENT / PERCENT);
        this.maxKeyframeSlabs = (int) ((long) maxSlabs * KEYFRAME_PERCENT / PERCENT);
        this.chunks = new AtomicReferenceArray<>((maxSlabs + CHUNK_SLABS - 1) / CHUNK_SLABS);
        this.under = new AtomicIntegerArray(maxSlabs);
    }

    GopSettings settings() {
        return settings;
    }

    /** Slabs that hold so many bytes. */
    static int slabs(int bytes) {
        return (int) (((long) bytes + SLAB_BYTES - 1) / SLAB_BYTES);
    }

    public Usage usage() {
        int count = chunkCount.get();
        long reserved = Math.min((long) count * CHUNK_SLABS, maxSlabs);
        return new Usage(
                (long) used.get() * SLAB_BYTES,
                reserved * SLAB_BYTES,
                (long) maxSlabs * SLAB_BYTES,
                shrunk.sum(),
                refused.sum());
    }

    void join() {
        buffers.incrementAndGet();
    }

    void leave() {
        buffers.decrementAndGet();
    }

    /** Whether cold cameras have to shrink. */
    boolean isShort() {
        return used.get() >= maxColdSlabs;
    }

    /** What a cold camera may keep beside its keyframe when memory is short. */
    int coldShareBytes() {
        long share = (long) maxColdSlabs * SLAB_BYTES / Math.max(1, buffers.get());
        return (int) Math.min(share, settings.maxBytesPerCamera());
    }

    /** A slab, or -1. */
    int take(Claim claim) {
        int limit = switch (claim) {
            case COLD -> maxColdSlabs;
            case KEYFRAME -> maxKeyframeSlabs;
            case WATCHED -> maxSlabs;
        };
        int before;
        do {
            before = used.get();
            if (before >= limit) {
                return NONE;
            }
        } while (!used.compareAndSet(before, before + 1));
        // For every slab that is counted but not yet taken there is one on the stack, or in a chunk to come.
        int slab = pop();
        while (slab == NONE) {
            grow();
            slab = pop();
        }
        return slab;
    }

    /** Takes back the slabs from one place to another. */
    void give(int[] slabs, int from, int to) {
        if (from >= to) {
            return;
        }
        for (int i = from; i < to - 1; i++) {
            under.set(slabs[i], slabs[i + 1]);
        }
        push(slabs[from], slabs[to - 1]);
        used.addAndGet(from - to);
    }

    private int pop() {
        while (true) {
            long before = top.get();
            int slab = (int) before;
            if (slab == NONE) {
                return NONE;
            }
            if (top.compareAndSet(before, pack((int) (before >>> Integer.SIZE) + 1, under.get(slab)))) {
                return slab;
            }
        }
    }

    private void push(int first, int last) {
        while (true) {
            long before = top.get();
            under.set(last, (int) before);
            if (top.compareAndSet(before, pack((int) (before >>> Integer.SIZE) + 1, first))) {
                return;
            }
        }
    }

    private static long pack(int changes, int slab) {
        return (long) changes << Integer.SIZE | slab & 0xffff_ffffL;
    }

    private synchronized void grow() {
        int chunk = chunkCount.get();
        if ((int) top.get() != NONE || chunk == chunks.length()) {
            return;
        }
        int first = chunk * CHUNK_SLABS;
        int count = Math.min(CHUNK_SLABS, maxSlabs - first);
        chunks.set(chunk, memory.allocate((long) count * SLAB_BYTES, Long.BYTES));
        chunkCount.set(chunk + 1);
        for (int i = 0; i < count - 1; i++) {
            under.set(first + i, first + i + 1);
        }
        push(first, first + count - 1);
    }

    void write(int[] slabs, int start, byte[] bytes) {
        for (int done = 0; done < bytes.length; ) {
            int within = (start + done) % SLAB_BYTES;
            int length = Math.min(SLAB_BYTES - within, bytes.length - done);
            int slab = slabs[(start + done) / SLAB_BYTES];
            MemorySegment.copy(bytes, done, chunk(slab), ValueLayout.JAVA_BYTE, place(slab) + within, length);
            done += length;
        }
    }

    void read(int[] slabs, int start, byte[] into) {
        for (int done = 0; done < into.length; ) {
            int within = (start + done) % SLAB_BYTES;
            int length = Math.min(SLAB_BYTES - within, into.length - done);
            int slab = slabs[(start + done) / SLAB_BYTES];
            MemorySegment.copy(chunk(slab), ValueLayout.JAVA_BYTE, place(slab) + within, into, done, length);
            done += length;
        }
    }

    private MemorySegment chunk(int slab) {
        return chunks.get(slab / CHUNK_SLABS);
    }

    private static long place(int slab) {
        return (long) (slab % CHUNK_SLABS) * SLAB_BYTES;
    }
}
