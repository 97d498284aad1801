package io.fengsui.edge.vision.wire;

import io.fengsui.edge.bitstream.Codec;
import java.util.List;

/**
 * Access units to be decoded together: annex B, in decode order, the first a keyframe with its parameter sets.
 *
 * @param units not copied, never changed
 */
public record CodedRange(Codec codec, List<byte[]> units) {
    /** Most access units of one range. */
    public static final int MAX_UNITS = 1024;

    public CodedRange {
        if (units.isEmpty() || units.size() > MAX_UNITS) {
            throw new IllegalArgumentException("a range has 1 to " + MAX_UNITS + " access units, not " + units.size());
        }
        units = List.copyOf(units);
    }

    /** Sum of the units' sizes. */
    public long bytes() {
        return units.stream().mapToLong(unit -> unit.length).sum();
    }
}
