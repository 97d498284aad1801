package io.fengsui.edge.gate;

import io.fengsui.protocol.value.Detection;
import java.util.List;
import java.util.Set;

/** What the detector found last of what matters, to say whether it is still where it was. Immutable. */
record SceneMemory(List<Detection> found) {
    static final SceneMemory NOTHING = new SceneMemory(List.of());

    private static final float LEAST_SCORE = 0.4f;
    private static final float SAME_PLACE = 0.75f;
    /** As sure as the tracker is of what it sees once. */
    private static final float SURE_SCORE = 0.65f;

    SceneMemory {
        found = List.copyOf(found);
    }

    /** @param labels that matter; all if there are none */
    static SceneMemory of(List<Detection> detections, Set<String> labels) {
        return new SceneMemory(detections.stream()
                .filter(d -> d.confidence() >= LEAST_SCORE)
                .filter(d -> labels.isEmpty() || labels.contains(d.label()))
                .toList());
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** Whether the same things are in the same places. */
    boolean isSameAs(SceneMemory before) {
        return found.size() == before.found.size()
                && found.stream()
                        .allMatch(now -> before.found.stream()
                                .anyMatch(then -> then.label().equals(now.label())
                                        && then.box().iou(now.box()) >= SAME_PLACE));
    }

    /** Whether there is more of anything than before. */
    boolean isMoreThan(SceneMemory before) {
        return found.stream().map(Detection::label).distinct().anyMatch(label -> count(label) > before.count(label));
    }

    private long count(String label) {
        return found.stream().filter(d -> d.label().equals(label)).count();
    }

    /** Whether one sight of all of it is enough. */
    boolean isSure() {
        return found.stream().allMatch(d -> d.confidence() >= SURE_SCORE);
    }
}
