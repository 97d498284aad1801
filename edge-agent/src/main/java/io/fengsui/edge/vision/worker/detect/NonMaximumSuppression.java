package io.fengsui.edge.vision.worker.detect;

import io.fengsui.edge.vision.model.ModelManifest.Reading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Keeps the best of the boxes of one class that lie on one another. Pure. */
final class NonMaximumSuppression {
    /** Candidates beyond this many, the weakest, are not looked at: the work grows with the square. */
    private static final int MAX_CANDIDATES = 2000;

    private NonMaximumSuppression() {}

    /** Best first. */
    static List<Candidate> keep(List<Candidate> candidates, Reading reading) {
        List<Candidate> sorted = new ArrayList<>(candidates);
        sorted.sort(Comparator.comparingDouble(Candidate::score).reversed());
        List<Candidate> kept = new ArrayList<>();
        for (Candidate candidate : sorted.subList(0, Math.min(sorted.size(), MAX_CANDIDATES))) {
            if (kept.size() == reading.maxDetections()) {
                break;
            }
            if (kept.stream().noneMatch(k -> k.label() == candidate.label() && k.iou(candidate) > reading.nmsIou())) {
                kept.add(candidate);
            }
        }
        return kept;
    }
}
