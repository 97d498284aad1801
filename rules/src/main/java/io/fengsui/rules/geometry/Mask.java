package io.fengsui.rules.geometry;

import io.fengsui.protocol.value.Box;
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

    private static final int SAMPLES_A_SIDE = 4;
    /** Of the samples of an object: three quarters. */
    private static final int MOST_OF_IT = SAMPLES_A_SIDE * SAMPLES_A_SIDE * 3 / 4;

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

    /** Whether movement in this part does not count. */
    public boolean hidesMotion() {
        return hides != Hides.OBJECTS;
    }

    /**
     * Whether the movement of this object does not count: it stands here, and three quarters of its box lie here. What shows beyond
     * does count, and so does whoever stands before a hidden part and is small.
     */
    public boolean hidesMotionOf(Detection object) {
        return hidesMotion() && polygon.contains(Point.footOf(object.box())) && inside(object.box()) >= MOST_OF_IT;
    }

    private int inside(Box box) {
        double width = box.right() - box.left();
        double height = box.bottom() - box.top();
        int inside = 0;
        for (int row = 0; row < SAMPLES_A_SIDE; row++) {
            double y = box.top() + (row + 0.5) / SAMPLES_A_SIDE * height;
            for (int column = 0; column < SAMPLES_A_SIDE; column++) {
                double x = box.left() + (column + 0.5) / SAMPLES_A_SIDE * width;
                inside += polygon.contains(new Point(x, y)) ? 1 : 0;
            }
        }
        return inside;
    }
}
