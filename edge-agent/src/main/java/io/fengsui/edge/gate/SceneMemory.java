package io.fengsui.edge.gate;

import io.fengsui.edge.gate.GateSettings.Interest;
import io.fengsui.protocol.value.Detection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the detector found last of what matters, to say whether it is still where it was. Immutable.
 *
 * @param aside what matters and moves where movement is hidden: it neither wakes the camera nor keeps it awake, until it stands still
 */
record SceneMemory(List<Detection> found, List<Detection> aside) {
    static final SceneMemory NOTHING = new SceneMemory(List.of(), List.of());

    private static final float LEAST_SCORE = 0.4f;
    private static final float SAME_PLACE = 0.75f;
    /** As sure as the tracker is of what it sees once. */
    private static final float SURE_SCORE = 0.65f;

    SceneMemory {
        found = List.copyOf(found);
        aside = List.copyOf(aside);
    }

    /** @param why the look was asked for: the first one at a stream is for what may have stood there all along */
    static SceneMemory of(List<Detection> detections, Interest interest, SceneMemory before, GateReason why) {
        boolean isFirst = why == GateReason.FIRST;
        Map<Boolean, List<Detection>> byAside = detections.stream()
                .filter(d -> d.confidence() >= LEAST_SCORE)
                .filter(interest::isLookedFor)
                .collect(Collectors.partitioningBy(d -> !isFirst && interest.isPassedOver(d) && !before.isKnown(d)));
        return new SceneMemory(byAside.getOrDefault(false, List.of()), byAside.getOrDefault(true, List.of()));
    }

    /**
     * The same after a look that found only what lies aside, or nothing. While the camera is awake whatever was where movement is hidden
     * stays in mind, since one look can overlook it; then it is forgotten.
     */
    SceneMemory after(SceneMemory empty, Interest interest, boolean isAwake) {
        if (isAwake) {
            return empty.aside.isEmpty() ? this : new SceneMemory(found, empty.aside);
        }
        return new SceneMemory(
                found.stream().filter(d -> !interest.isMovementHidden(d)).toList(), empty.aside);
    }

    /** Whether any of it lies where movement is hidden: a small picture cannot tell whether it is still there. */
    boolean isHiddenIn(Interest interest) {
        return Stream.concat(found.stream(), aside.stream()).anyMatch(interest::isMovementHidden);
    }

    private boolean isKnown(Detection now) {
        return isIn(found, now) || isIn(aside, now);
    }

    private static boolean isIn(List<Detection> before, Detection now) {
        return before.stream()
                .anyMatch(then -> then.label().equals(now.label()) && then.box().iou(now.box()) >= SAME_PLACE);
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** Whether the same things are in the same places. */
    boolean isSameAs(SceneMemory before) {
        return found.size() == before.found.size() && found.stream().allMatch(now -> isIn(before.found, now));
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
