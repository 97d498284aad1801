package io.fengsui.fieldsim.truth;

import io.fengsui.protocol.value.Box;
import java.time.Instant;
import java.util.List;

/**
 * One line of the record of truth: a happening is going to be, begins or ends.
 *
 * @param at wall clock, UTC, as it truly was; of a plan, when it was made
 * @param viewers how many clients were watching the camera, or 0 for a sensor
 * @param boxes where everybody is, by seconds after the start of the scene; only with a beginning
 */
public record TruthLine(Happening happening, Phase phase, Instant at, int viewers, List<LabelledBox> boxes) {

    /** How far a happening is. */
    public enum Phase {
        PLANNED,
        BEGUN,
        ENDED
    }

    /** Who is where. */
    public record LabelledBox(double seconds, String label, Box box) {}

    public TruthLine {
        boxes = List.copyOf(boxes);
    }

    public static TruthLine planned(Happening happening, Instant at) {
        return new TruthLine(happening, Phase.PLANNED, at, 0, List.of());
    }

    public static TruthLine ended(Happening happening, Instant at) {
        return new TruthLine(happening, Phase.ENDED, at, 0, List.of());
    }
}
