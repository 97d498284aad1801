package io.fengsui.edge.camera;

import io.fengsui.edge.bitstream.AccessUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a camera's current group of pictures, so that its present picture can be had at any time by decoding what is
 * kept. After a loss, or when the cap is reached, nothing is added until the next keyframe.
 *
 * <p>Event loop of the camera only.
 */
public final class GopBuffer {
    /** Bytes kept of one camera; a group of pictures of a 4 Mbit/s camera with a keyframe every 10 s fits. */
    static final int MAX_BYTES = 8 << 20;

    static final int MAX_UNITS = 1500;

    private final int maxBytes;
    private List<AccessUnit> units = List.of();
    private int bytes;
    private boolean isBroken = true;
    private long brokenGops;

    GopBuffer(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    void add(AccessUnit unit) {
        if (unit.isKeyframe()) {
            units = new ArrayList<>();
            bytes = 0;
            isBroken = false;
        } else if (isBroken) {
            return;
        } else if (!continues(unit)) {
            isBroken = true;
            brokenGops++;
            return;
        }
        if (bytes + unit.annexB().length > maxBytes && !unit.isKeyframe() || units.size() >= MAX_UNITS) {
            isBroken = true;
            brokenGops++;
            return;
        }
        units.add(unit);
        bytes += unit.annexB().length;
    }

    private boolean continues(AccessUnit unit) {
        AccessUnit last = units.getLast();
        return unit.generation() == last.generation() && unit.index() == last.index() + 1;
    }

    /** Forgets all: the session is over. */
    void clear() {
        units = List.of();
        bytes = 0;
        isBroken = true;
    }

    /** What is kept now; never changes afterwards. Empty if there is nothing to decode. */
    public Gop snapshot() {
        return units.isEmpty() ? Gop.NONE : new Gop(units, isBroken);
    }

    /** Pictures kept. */
    public int size() {
        return units.size();
    }

    /** Groups of pictures that were cut short by a loss or by the cap. */
    long brokenGops() {
        return brokenGops;
    }
}
