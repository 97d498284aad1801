package io.fengsui.protocol.value;

/** A rectangle in 0..1 of the full picture; the origin is top left. */
public record Box(float left, float top, float right, float bottom) {
    public Box {
        if (!(left >= 0 && top >= 0 && right <= 1 && bottom <= 1 && left <= right && top <= bottom)) {
            throw new IllegalArgumentException("a box has 0 <= left <= right <= 1 and 0 <= top <= bottom <= 1, not "
                    + left + "," + top + "," + right + "," + bottom);
        }
    }

    /** The nearest box inside the picture. NaN becomes 0. */
    public static Box clamped(float left, float top, float right, float bottom) {
        float l = clamp(left);
        float t = clamp(top);
        return new Box(l, t, Math.max(l, clamp(right)), Math.max(t, clamp(bottom)));
    }

    private static float clamp(float v) {
        return v > 0 ? Math.min(v, 1) : 0;
    }

    public float width() {
        return right - left;
    }

    public float height() {
        return bottom - top;
    }

    public float area() {
        return width() * height();
    }

    /** Intersection over union, 0..1. */
    public float iou(Box other) {
        float w = Math.min(right, other.right) - Math.max(left, other.left);
        float h = Math.min(bottom, other.bottom) - Math.max(top, other.top);
        if (w <= 0 || h <= 0) {
            return 0;
        }
        float shared = w * h;
        return shared / (area() + other.area() - shared);
    }
}
