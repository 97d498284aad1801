package io.fengsui.edge.camera.gop;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.Codec;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The access units of one group of pictures, one behind the other in slabs of an arena. Its slabs go back when the last of
 * its owners, buffer and snapshots, has let go.
 *
 * <p>Only the buffer's event loop appends and cuts; what lies before a snapshot's end never changes.
 */
final class GopChain {
    private static final int FIRST_UNITS = 32;
    private static final int FIRST_SLABS = 8;

    /**
     * Where the units lie. Replaced when it grows; entries that a snapshot reads never change.
     *
     * @param ends bytes up to the end of each unit
     */
    @SuppressWarnings("ArrayRecordComponent") // owned by the chain; never compared
    record Contents(int[] slabs, int[] ends, long[] arrivals, long[] rtpTimestamps) {
        int start(int unit) {
            return unit == 0 ? 0 : ends[unit - 1];
        }

        int end(int unit) {
            return ends[unit];
        }

        Contents grown(int slabsWanted, int unitsWanted) {
            boolean hasSlabs = slabsWanted <= slabs.length;
            boolean hasUnits = unitsWanted <= ends.length;
            if (hasSlabs && hasUnits) {
                return this;
            }
            int moreSlabs = hasSlabs ? slabs.length : Math.max(slabsWanted, 2 * slabs.length);
            int moreUnits = hasUnits ? ends.length : Math.max(unitsWanted, 2 * ends.length);
            return new Contents(
                    Arrays.copyOf(slabs, moreSlabs),
                    Arrays.copyOf(ends, moreUnits),
                    Arrays.copyOf(arrivals, moreUnits),
                    Arrays.copyOf(rtpTimestamps, moreUnits));
        }
    }

    private final GopArena arena;
    private final Codec codec;
    private final long generation;
    private final long firstIndex;
    private final AtomicInteger owners = new AtomicInteger(1);
    private Contents contents =
            new Contents(new int[FIRST_SLABS], new int[FIRST_UNITS], new long[FIRST_UNITS], new long[FIRST_UNITS]);
    private int slabCount;
    private int unitCount;

    GopChain(GopArena arena, AccessUnit keyframe) {
        this.arena = arena;
        this.codec = keyframe.codec();
        this.generation = keyframe.generation();
        this.firstIndex = keyframe.index();
    }

    Codec codec() {
        return codec;
    }

    long generation() {
        return generation;
    }

    long firstIndex() {
        return firstIndex;
    }

    int units() {
        return unitCount;
    }

    int bytes() {
        return unitCount == 0 ? 0 : contents.end(unitCount - 1);
    }

    /** Adds a unit whole, or nothing when the arena refuses. */
    boolean append(AccessUnit unit, GopArena.Claim claim) {
        int start = bytes();
        int end = start + unit.annexB().length;
        int wanted = GopArena.slabs(end);
        contents = contents.grown(wanted, unitCount + 1);
        int before = slabCount;
        while (slabCount < wanted) {
            int slab = arena.take(claim);
            if (slab < 0) {
                giveBack(before);
                return false;
            }
            contents.slabs()[slabCount++] = slab;
        }
        arena.write(contents.slabs(), start, unit.annexB());
        contents.ends()[unitCount] = end;
        contents.arrivals()[unitCount] = unit.arrivalNanos();
        contents.rtpTimestamps()[unitCount] = unit.rtpTimestamp();
        unitCount++;
        return true;
    }

    /** Lets go of the last units until at most so many bytes are left, but never of the keyframe; returns whether any went. */
    boolean cut(int maxBytes) {
        if (owners.get() != 1) {
            // Somebody reads it. Nobody can begin to, since that happens on this thread.
            return false;
        }
        int left = unitCount;
        while (left > 1 && contents.end(left - 1) > maxBytes) {
            left--;
        }
        if (left == unitCount) {
            return false;
        }
        unitCount = left;
        giveBack(GopArena.slabs(bytes()));
        return true;
    }

    private void giveBack(int kept) {
        arena.give(contents.slabs(), kept, slabCount);
        slabCount = kept;
    }

    /** For one more owner. */
    GopSnapshot snapshot(int units, boolean isBroken) {
        retain();
        return new ArenaSnapshot(this, contents, units, isBroken);
    }

    void read(Contents from, int start, byte[] into) {
        arena.read(from.slabs(), start, into);
    }

    /** Counts one more owner; its caller is one. */
    void retain() {
        owners.incrementAndGet();
    }

    void release() {
        if (owners.decrementAndGet() == 0) {
            // Nobody else is left, and each owner's letting go came before this.
            giveBack(0);
        }
    }
}
