package io.fengsui.edge.patrol;

import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Checks;
import io.fengsui.protocol.value.Name;
import java.util.List;

/**
 * A round of cameras.
 *
 * @param cameras in the order of the round
 * @param model NAME or NAME@VERSION of the detector that looks; empty for the one that serves
 */
public record PatrolSettings(
        String id, Name name, List<String> cameras, Timetable timetable, String model, Found found) {
    /** Most cameras of one round: they are one sheet. */
    public static final int MAX_CAMERAS = 64;

    /**
     * What is told of a picture.
     *
     * @param labels of the detector; none: nothing but the sheet is told
     */
    public record Found(List<String> labels, double minConfidence, EventKind kind, Severity severity) {
        public Found {
            labels = List.copyOf(labels);
        }
    }

    public PatrolSettings {
        Checks.id("patrol", id);
        Checks.text("model", model);
        cameras = List.copyOf(cameras);
        if (cameras.isEmpty() || cameras.size() > MAX_CAMERAS) {
            throw new IllegalArgumentException("a patrol has 1 to " + MAX_CAMERAS + " cameras, not " + cameras.size());
        }
        // They are told in one attribute.
        Checks.text("the list of cameras", String.join(",", cameras));
    }
}
