package io.fengsui.edge.camera;

import io.fengsui.edge.bitstream.AccessUnit;
import java.util.List;

/**
 * A group of pictures as far as it has come: from a keyframe on, in decode order, nothing missing in between, all of one
 * generation.
 *
 * @param isBroken whether newer pictures exist that could not be added, because one before them was lost or the cap was
 *     reached: then the last unit here is not the newest
 */
public record Gop(List<AccessUnit> units, boolean isBroken) {
    public static final Gop NONE = new Gop(List.of(), false);

    public Gop {
        units = List.copyOf(units);
    }

    public boolean isEmpty() {
        return units.isEmpty();
    }
}
