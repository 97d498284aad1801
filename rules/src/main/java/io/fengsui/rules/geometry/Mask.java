package io.fengsui.rules.geometry;

import io.fengsui.protocol.value.Checks;
import io.fengsui.protocol.value.Detection;
import java.util.List;

/**
 * A part of one camera's picture that does not count: for movement (a tree, a road beyond the fence, the clock that the
 * camera prints), for objects that the detector takes for something else there, or for anything, so that no picture shows it (a
 * neighbour's window). A zone says where a rule looks; masks say where nothing does.
 *
 * @param labels of objects that are hidden; empty for all; none but for objects
 */
public record Mask(String id, Hides hides, List<String> labels, Polygon polygon) {
    /** Most masks that a camera may have. */
    public static final int MAX_PER_CAMERA = 32;

    /** What does not count. */
    public enum Hides {
        /** Changes of the picture, which wake the camera. */
        MOTION,
        /** Objects that stand there. */
        OBJECTS,
        /** Both, and the part is black in every picture that is made. */
        PICTURE
    }

    public Mask {
        Checks.id("mask", id);
        labels = List.copyOf(labels);
    }

    /** Whether this object does not count. */
    public boolean hides(Detection object) {
        return hides != Hides.MOTION
                && (labels.isEmpty() || labels.contains(object.label()))
                && polygon.contains(Point.footOf(object.box()));
    }
}
