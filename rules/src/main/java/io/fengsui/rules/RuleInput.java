package io.fengsui.rules;

import io.fengsui.protocol.value.Detection;
import io.fengsui.protocol.value.Reading;
import java.util.List;

/** What a rule is fed with. */
public sealed interface RuleInput {
    /** Objects of one looked picture, confirmed by the tracker; the moment given with it is the picture's arrival. */
    record Sighting(List<Detection> objects) implements RuleInput {
        public Sighting {
            objects = List.copyOf(objects);
        }
    }

    /**
     * A reading.
     *
     * @param isRetained the broker kept it from before: its age is not known
     */
    record Sample(Reading reading, boolean isRetained) implements RuleInput {}

    /** Nothing but time. */
    record Tick() implements RuleInput {}
}
