package io.fengsui.edge.camera.gop;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Memory outside the heap for the groups of pictures of all cameras, cut into slabs. What is taken never exceeds the
 * budget; the system gives it a chunk at a time, as cameras come, and gets back what nobody needs for a while.
 *
 * <p>When it gets short, cameras that nobody looked at lately are refused first, then keyframes, last of all what belongs
 * to a camera that is being watched. Thread-safe; takes and gives without a lock, but for more from the system. The
 * garbage collector gives the memory back once neither arena nor snapshot is left.
 */
public final class GopArena {
    /** Bytes of a slab: a hundredth part of a usual group of pictures is lost in the last one. */
    public static final int SLAB_BYTES = 4096;

    static final int CHUNK_SLABS = 256;

    /** How often is looked what can go back to the system. */
    static final Duration TIDIED_EVERY = Duration.ofSeconds(1);
    /** Slabs that go back at once, by a system call each at worst: a few milliseconds of an event loop. */
    private static final int MOST_GIVEN_BACK = 256;
    /** What may be idle beyond what was needed since the last look. */
    private static final int SPARE_SLABS = 256;

    private static final long NEVER = Long.MIN_VALUE;
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
    private final SlabMemory memory;
    /** Slabs that have memory: those that are used, and those on the stack. Changes under the lock. */
    private final AtomicInteger awake = new AtomicInteger();

    private int chunkCount;
    /** Slabs whose memory went back, the first of a list like the stack. Under the lock. */
    private int asleep = NONE;
    /** The most that was used since the last look; several threads may leave it a little lower. */
    private volatile int peak;

    private final AtomicLong tidied = new AtomicLong(NEVER);

    /** Free slabs as a stack: the number under each, and the top with a count of changes above it (Treiber, 1986). */
    private final AtomicIntegerArray under;

    private final AtomicLong top = new AtomicLong(pack(0, NONE));
    private final AtomicInteger used = new AtomicInteger();
    private final AtomicInteger buffers = new AtomicInteger();
    final LongAdder shrunk = new LongAdder();
    final LongAdder refused = new LongAdder();

    /**
     * @param usedBytes in slabs that belong to somebody
     * @param reservedBytes had of the system
     * @param shrunk groups of pictures of cold cameras that were cut or not continued, since memory was short
     * @param refused access units of watched cameras, and keyframes, for which there was no memory
     */
    public record Usage(long usedBytes, long reservedBytes, long budgetBytes, long shrunk, long refused) {}

    public GopArena(GopSettings settings) {
        this.settings = settings;
        this.maxSlabs = Math.toIntExact(settings.budgetBytes() / SLAB_BYTES);
        this.maxColdSlabs = (int) ((long) maxSlabs * COLD_PERCENT / PERCENT);
        this.maxKeyframeSlabs = (int) ((long) maxSlabs * KEYFRAME_PERCENT / PERCENT);
        this.memory = new SlabMemory(maxSlabs);
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
        return new Usage(
                (long) used.get() * SLAB_BYTES,
                (long) awake.get() * SLAB_BYTES,
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
        if (before >= peak) {
            peak = before + 1;
        }
        // For every slab that is counted but not yet taken there is one on the stack, asleep, or in a chunk to come.
        int slab = pop();
        while (slab == NONE) {
            try {
                grow();
            } catch (OutOfMemoryError e) {
                // The system has less than the budget: as if the budget were at its end.
                used.decrementAndGet();
                return NONE;
            }
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
        if ((int) top.get() != NONE) {
            return;
        }
        if (asleep != NONE) {
            wake();
        } else if (chunkCount < memory.maxChunks()) {
            int first = chunkCount * CHUNK_SLABS;
            int count = Math.min(CHUNK_SLABS, maxSlabs - first);
            memory.allocate(chunkCount, count);
            chunkCount++;
            awake.addAndGet(count);
            for (int i = 0; i < count - 1; i++) {
                under.set(first + i, first + i + 1);
            }
            push(first, first + count - 1);
        }
    }

    private void wake() {
        int first = asleep;
        int last = first;
        int count = 1;
        for (; count < CHUNK_SLABS && under.get(last) != NONE; count++) {
            last = under.get(last);
        }
        asleep = under.get(last);
        awake.addAndGet(count);
        push(first, last);
    }

    /**
     * Now and then gives back to the system what was at the bottom of the stack all the time since the last look: the most
     * that was used needs none of it. Returns at once at other times; to be called by whoever uses the arena.
     */
    void tidy(long nowNanos) {
        long last = tidied.get();
        if (!memory.canGiveBack() || last != NEVER && nowNanos - last < TIDIED_EVERY.toNanos()) {
            return;
        }
        if (tidied.compareAndSet(last, nowNanos) && last != NEVER) {
            giveBackIdle();
        }
    }

    private synchronized void giveBackIdle() {
        int count = Math.min(MOST_GIVEN_BACK, awake.get() - peak - SPARE_SLABS);
        peak = used.get();
        if (count <= 0) {
            return;
        }
        // Nobody sees the stack meanwhile: whoever finds none waits for the lock, at worst until the memory went.
        int first = (int) top.getAndUpdate(before -> pack((int) (before >>> Integer.SIZE) + 1, NONE));
        if (first == NONE) {
            return;
        }
        int free = 1;
        for (int slab = first; under.get(slab) != NONE; slab = under.get(slab)) {
            free++;
        }
        int kept = Math.max(1, free - count);
        int last = first;
        for (int i = 1; i < kept; i++) {
            last = under.get(last);
        }
        int bottom = under.get(last);
        push(first, last);
        sleep(bottom, free - kept);
    }

    private void sleep(int first, int count) {
        int[] slabs = new int[count];
        int slab = first;
        for (int i = 0; i < count; i++) {
            slabs[i] = slab;
            slab = under.get(slab);
        }
        memory.giveBack(slabs);
        awake.addAndGet(-count);
        // From the last to the first: what lies side by side is taken side by side again.
        for (int i = count - 1; i >= 0; i--) {
            under.set(slabs[i], asleep);
            asleep = slabs[i];
        }
    }

    void write(int[] slabs, int start, byte[] bytes) {
        memory.write(slabs, start, bytes);
    }

    void read(int[] slabs, int start, byte[] into) {
        memory.read(slabs, start, into);
    }
}
