package io.fengsui.edge.camera.gop;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.camera.gop.GopArena.Claim;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a camera's current group of pictures, so that its present picture can be had at any time by decoding what is
 * kept. After a loss, at the camera's own limit, or when memory is short, nothing is added until the next keyframe.
 *
 * <p>When memory is short, a camera that nobody looked at lately lets go of what is more than its share, all but the
 * keyframe. Event loop of the camera only.
 */
public final class GopBuffer {
    static final int MAX_UNITS = 1500;

    /** A camera that was looked at so lately is being watched. */
    static final Duration WATCHED = Duration.ofSeconds(20);

    private final GopArena arena;
    private @Nullable GopChain chain;
    private boolean isJoined;
    private boolean isBroken = true;
    private boolean wasLookedAt;
    private long lookedNanos;
    private long newestNanos;
    private long brokenGops;

    public GopBuffer(GopArena arena) {
        this.arena = arena;
    }

    /** Takes a copy of the unit's bytes, or leaves it out. */
    public void add(AccessUnit unit) {
        newestNanos = unit.arrivalNanos();
        if (unit.isKeyframe()) {
            begin(unit);
            return;
        }
        GopChain current = chain;
        if (current == null || isBroken) {
            return;
        }
        boolean isCold = !isWatched();
        if (isCold && arena.isShort() && current.cut(arena.coldShareBytes())) {
            shrink();
        } else if (!continues(current, unit) || isOver(current, unit)) {
            breakOff();
        } else if (!current.append(unit, isCold ? Claim.COLD : Claim.WATCHED)) {
            if (isCold) {
                shrink();
            } else {
                arena.refused.increment();
                breakOff();
            }
        }
    }

    private void begin(AccessUnit keyframe) {
        if (!isJoined) {
            isJoined = true;
            arena.join();
        }
        drop();
        arena.tidy(keyframe.arrivalNanos());
        GopChain begun = new GopChain(arena, keyframe);
        if (begun.append(keyframe, isWatched() ? Claim.WATCHED : Claim.KEYFRAME)) {
            chain = begun;
            isBroken = false;
        } else {
            arena.refused.increment();
            brokenGops++;
        }
    }

    private void shrink() {
        arena.shrunk.increment();
        breakOff();
    }

    private void breakOff() {
        isBroken = true;
        brokenGops++;
    }

    private boolean continues(GopChain current, AccessUnit unit) {
        return unit.generation() == current.generation() && unit.index() == current.firstIndex() + current.units();
    }

    private boolean isOver(GopChain current, AccessUnit unit) {
        return (long) current.bytes() + unit.annexB().length > arena.settings().maxBytesPerCamera()
                || current.units() >= MAX_UNITS;
    }

    private boolean isWatched() {
        return wasLookedAt && newestNanos - lookedNanos < WATCHED.toNanos();
    }

    private void drop() {
        isBroken = true;
        if (chain != null) {
            chain.release();
            chain = null;
        }
    }

    /** Forgets all: the session is over. */
    public void clear() {
        drop();
        if (isJoined) {
            isJoined = false;
            arena.leave();
        }
    }

    /**
     * What is kept now; empty if there is nothing to decode. Whoever asks is looking: the camera counts as watched for a
     * while. The caller owns it.
     */
    public GopSnapshot snapshot() {
        wasLookedAt = true;
        lookedNanos = newestNanos;
        return chain == null ? KeptPictures.NONE : chain.snapshot(chain.units(), isBroken);
    }

    /** The keyframe alone, for a glance that makes no camera watched. The caller owns it. */
    public GopSnapshot keyframe() {
        return chain == null ? KeptPictures.NONE : chain.snapshot(1, false);
    }

    /** Pictures kept. */
    public int size() {
        return chain == null ? 0 : chain.units();
    }

    /** Whether the newest picture is not kept. */
    public boolean isBroken() {
        return isBroken;
    }

    /** Bytes kept. */
    public int bytes() {
        return chain == null ? 0 : chain.bytes();
    }

    /** Groups of pictures that were cut short by a loss, by the camera's limit or by want of memory. */
    public long brokenGops() {
        return brokenGops;
    }
}
