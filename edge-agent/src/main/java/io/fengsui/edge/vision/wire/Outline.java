package io.fengsui.edge.vision.wire;

import java.util.List;

/** A closed polygon of x, y in 0..1 of the full picture, to be drawn with its name. */
public record Outline(String name, List<Double> xs, List<Double> ys) {
    /** Most corners that a polygon may have. */
    public static final int MAX_CORNERS = 256;

    public Outline {
        if (xs.size() != ys.size() || xs.size() < 3 || xs.size() > MAX_CORNERS) {
            throw new IllegalArgumentException("outline '" + name + "' needs 3 to " + MAX_CORNERS + " corners");
        }
        xs = List.copyOf(xs);
        ys = List.copyOf(ys);
    }
}
