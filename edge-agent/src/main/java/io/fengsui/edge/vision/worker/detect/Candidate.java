package io.fengsui.edge.vision.worker.detect;

/** A box in pixels of the detector's input, before overlapping ones are put together. */
record Candidate(int label, float score, float left, float top, float right, float bottom) {
    float iou(Candidate other) {
        float w = Math.min(right, other.right) - Math.max(left, other.left);
        float h = Math.min(bottom, other.bottom) - Math.max(top, other.top);
        if (w <= 0 || h <= 0) {
            return 0;
        }
        float shared = w * h;
        return shared / (area() + other.area() - shared);
    }

    private float area() {
        return (right - left) * (bottom - top);
    }
}
