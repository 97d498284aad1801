package io.fengsui.edge.track;

import io.fengsui.protocol.value.Box;
import io.fengsui.protocol.value.Detection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One object over time.
 *
 * @param box as last seen
 * @param speedX of its foot, in widths of the picture a second
 * @param speedY of its foot, in heights of the picture a second
 * @param scores the newest {@value #MAX_SCORES}, oldest first
 */
public record Track(
        long id,
        String label,
        Box box,
        double speedX,
        double speedY,
        long firstNanos,
        long lastNanos,
        int hits,
        List<Float> scores,
        boolean isConfirmed) {
    static final int MAX_SCORES = 10;

    public Track {
        scores = List.copyOf(scores);
    }

    /** Median of its scores; of an even number the lower one. */
    public float medianScore() {
        List<Float> sorted = new ArrayList<>(scores);
        Collections.sort(sorted);
        return sorted.get((sorted.size() - 1) / 2);
    }

    /** As a detection with the track's number and median score. */
    public Detection toDetection() {
        return new Detection(label, medianScore(), box, id);
    }
}
