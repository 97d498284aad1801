package io.fengsui.rules.geometry;

import io.fengsui.protocol.value.Box;

/** A place in the picture, 0..1 of its width and height; the origin is top left. */
public record Point(double x, double y) {
    /** Where a thing stands: the middle of its box's lower edge decides to which zone it belongs. */
    public static Point footOf(Box box) {
        return new Point((box.left() + box.right()) / 2.0, box.bottom());
    }
}
