package io.fengsui.fieldsim.clip;

import java.util.List;

/**
 * One coded picture: its NAL units without start codes, in order, the slices last. Parameter sets are left out; the clip
 * has them, and the camera sends them before each keyframe.
 *
 * <p>The arrays are shared and must not be written to.
 */
public record AccessUnit(List<byte[]> nalUnits, boolean isKeyframe) {
    public AccessUnit {
        if (nalUnits.isEmpty() || nalUnits.stream().anyMatch(nal -> nal.length == 0)) {
            throw new IllegalArgumentException("an access unit has at least one NAL unit and no empty one");
        }
        nalUnits = List.copyOf(nalUnits);
    }

    /** Bytes of all NAL units. */
    public int size() {
        return nalUnits.stream().mapToInt(nal -> nal.length).sum();
    }
}
