package io.fengsui.edge.camera.gop;

import io.fengsui.runtime.MemoryAdvice;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Cleaner;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What lies in the slabs of an arena, outside the heap. Whoever has a slab writes and reads it; nobody may be at a slab
 * whose memory is given back. Threads that hand a slab on to each other are put in order by the arena.
 */
final class SlabMemory {
    private static final int SLAB_BYTES = GopArena.SLAB_BYTES;
    private static final int CHUNK_SLABS = GopArena.CHUNK_SLABS;

    private static final Cleaner CLEANER = Cleaner.create();

    /** Not one that the collector looks after by itself: the JVM counts those against its own limit of direct memory. */
    private final Arena memory = Arena.ofShared();

    private final AtomicReferenceArray<MemorySegment> chunks;

    SlabMemory(int maxSlabs) {
        CLEANER.register(this, memory::close);
        this.chunks = new AtomicReferenceArray<>((maxSlabs + CHUNK_SLABS - 1) / CHUNK_SLABS);
    }

    int maxChunks() {
        return chunks.length();
    }

    /**
     * Takes a chunk of so many slabs from the system.
     *
     * @throws OutOfMemoryError the system has none
     */
    void allocate(int chunk, int slabs) {
        chunks.set(chunk, memory.allocate((long) slabs * SLAB_BYTES, Math.max(Long.BYTES, MemoryAdvice.pageBytes())));
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

    /** Whether the system takes memory back. */
    boolean canGiveBack() {
        return MemoryAdvice.pageBytes() > 0;
    }

    /**
     * Gives the memory of these slabs back to the system, in one call for slabs that lie side by side. Where a page is larger
     * than a slab, pages go of which all slabs are here. They can be used again like new ones. Sorts what it is given.
     */
    void giveBack(int[] slabs) {
        int page = MemoryAdvice.pageBytes();
        Arrays.sort(slabs);
        for (int from = 0; from < slabs.length; ) {
            int to = from + 1;
            while (to < slabs.length && slabs[to] == slabs[to - 1] + 1 && slabs[to] % CHUNK_SLABS != 0) {
                to++;
            }
            long begin = (place(slabs[from]) + page - 1) / page * page;
            long end = (place(slabs[to - 1]) + SLAB_BYTES) / page * page;
            if (begin < end) {
                MemoryAdvice.giveBack(chunk(slabs[from]).asSlice(begin, end - begin));
            }
            from = to;
        }
    }

    private MemorySegment chunk(int slab) {
        return chunks.get(slab / CHUNK_SLABS);
    }

    private static long place(int slab) {
        return (long) (slab % CHUNK_SLABS) * SLAB_BYTES;
    }
}
