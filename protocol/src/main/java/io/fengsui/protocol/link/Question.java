package io.fengsui.protocol.link;

import io.fengsui.protocol.EventId;
import io.fengsui.protocol.value.Checks;
import java.time.Instant;
import java.util.UUID;

/** Something the hub wants to know; answered with the same id, or not at all after it expires. */
public record Question(UUID id, Instant expires, Matter matter) {
    /** What about. */
    public sealed interface Matter {}

    /** Whether a zone saw a class of object within a window; an empty zone or label means any. */
    public record WasThereActivity(String camera, String zone, String label, Instant from, Instant to)
            implements Matter {}

    /** Whether the condition of an event still holds, by a fresh look or reading. */
    public record IsItStillThere(EventId event) implements Matter {}

    /**
     * What changed rules would have made of what the edge recorded.
     *
     * @param yaml {@code rules:} and, where they change, {@code modes:}, as in the edge's configuration
     */
    public record ReplayRules(String yaml, Instant since) implements Matter {
        /** Longest text, in characters. */
        public static final int MAX_YAML = 256 << 10;

        public ReplayRules {
            if (yaml.isBlank() || yaml.length() > MAX_YAML) {
                throw new IllegalArgumentException("rules are 1 to " + MAX_YAML + " characters, not " + yaml.length());
            }
        }
    }

    /** What a sensor said last; an empty quantity is whatever was heard last, battery and signal aside. */
    public record LatestReading(String sensor, String quantity) implements Matter {
        public LatestReading {
            Checks.id("sensor", sensor);
            Checks.text("quantity", quantity);
        }
    }
}
