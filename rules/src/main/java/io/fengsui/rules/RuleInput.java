package io.fengsui.rules;

import io.fengsui.protocol.value.Detection;
import io.fengsui.protocol.value.Reading;
import java.util.List;
import java.util.Map;

/** What a rule is fed with. */
public sealed interface RuleInput {
    /**
     * Objects of one looked picture, confirmed by the tracker; the moment given with it is the picture's arrival.
     *
     * @param travelled how far each track has come from where it was first seen, in lengths of its longer side; one that is
     *     not here has come far enough
     */
    record Sighting(List<Detection> objects, Map<Long, Double> travelled) implements RuleInput {
        public Sighting(List<Detection> objects) {
            this(objects, Map.of());
        }

        public Sighting {
            objects = List.copyOf(objects);
            travelled = Map.copyOf(travelled);
        }
    }

    /** What another rule found about the same place or subject. */
    record Word(String rule, Finding.Change change) implements RuleInput {}

    /**
     * A reading.
     *
     * @param isRetained the broker kept it from before: its age is not known
     */
    record Sample(Reading reading, boolean isRetained) implements RuleInput {}

    /** Nothing but time. */
    record Tick() implements RuleInput {}
}
