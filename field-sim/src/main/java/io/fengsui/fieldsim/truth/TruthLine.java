package io.fengsui.fieldsim.truth;

import io.fengsui.protocol.Box;
import java.time.Instant;
import java.util.List;

/**
 * One line of the record of truth: a happening begins or ends.
 *
 * @param at wall clock, UTC, as it truly was
 * @param viewers how many clients were watching the camera, or 0 for a sensor
 * @param boxes where everybody is, by seconds after the start of the scene; only with a beginning
 */
public record TruthLine(Happening happening, boolean isBegin, Instant at, int viewers, List<LabelledBox> boxes) {

    /** Who is where. */
    public record LabelledBox(double seconds, String label, Box box) {}

    public TruthLine {
        boxes = List.copyOf(boxes);
    }

    public static TruthLine ended(Happening happening, Instant at) {
        return new TruthLine(happening, false, at, 0, List.of());
    }
}
