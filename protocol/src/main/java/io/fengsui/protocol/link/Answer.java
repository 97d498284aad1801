package io.fengsui.protocol.link;

import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Reading;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The edge's answer to a question. */
public record Answer(UUID question, Finding finding) {
    /** What was found. */
    public sealed interface Finding {}

    /**
     * Activity of a zone in a window.
     *
     * @param watchedRatio share of the window in which the camera was truly watched; "none" means nothing without it
     */
    public record Activity(
            boolean wasSeen,
            double watchedRatio,
            @Nullable Moment lastSeen,
            @Nullable Evidence picture) implements Finding {
        public Activity {
            if (!(watchedRatio >= 0 && watchedRatio <= 1)) {
                throw new IllegalArgumentException("a ratio is 0..1, not " + watchedRatio);
            }
        }
    }

    public record Presence(
            boolean isPresent, Moment looked, @Nullable Evidence picture) implements Finding {}

    public record Latest(Reading reading) implements Finding {}

    public record Nothing(String reason) implements Finding {}
}
