package io.fengsui.edge.gate;

import io.fengsui.edge.bitstream.AccessUnit;
import java.util.List;

/**
 * A contiguous range of access units of one stream generation to be decoded, its last picture to be looked at.
 *
 * @param units in decode order, from a keyframe on, not empty, all of one generation
 * @param isComplete whether nothing is missing within the range
 */
public record Look(String camera, List<AccessUnit> units, boolean isComplete, GateReason reason) {
    public Look {
        if (units.isEmpty() || !units.getFirst().isKeyframe()) {
            throw new IllegalArgumentException("a look starts at a keyframe, camera " + camera);
        }
        units = List.copyOf(units);
    }

    public long generation() {
        return units.getFirst().generation();
    }

    /** Steady clock at the arrival of the newest picture. */
    public long arrivalNanos() {
        return units.getLast().arrivalNanos();
    }
}
