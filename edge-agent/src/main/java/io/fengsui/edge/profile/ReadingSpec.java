package io.fengsui.edge.profile;

import io.fengsui.protocol.value.Checks;
import io.fengsui.rules.condition.Expression;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One quantity of a message: where it stands and what it means. Unit and meaning belong here and never to the name of a
 * key.
 */
public record ReadingSpec(String quantity, ValueSource source, Meaning meaning, Guard guard) {
    public ReadingSpec {
        Checks.id("quantity", quantity);
    }

    /** What the value means. */
    public sealed interface Meaning {
        /** The SI unit of the reading; empty for a state. */
        String unit();
    }

    /**
     * A state: 1 for any of the true values, 0 for any of the false ones; anything else is refused, never taken for "all
     * clear". Compared without regard to case.
     *
     * @param offDelay for a device that only says 1: over after this long; null for one that also says 0
     */
    public record State(
            Set<String> trueValues,
            Set<String> falseValues,
            @Nullable Duration offDelay) implements Meaning {
        /** What most devices send. */
        public static final Set<String> USUAL_TRUE = Set.of("true", "1", "on", "yes", "alarm", "open", "pressed");

        /** What most devices send. */
        public static final Set<String> USUAL_FALSE =
                Set.of("false", "0", "off", "no", "normal", "ok", "closed", "released");

        public State {
            trueValues = lower(trueValues);
            falseValues = lower(falseValues);
            if (trueValues.isEmpty() || trueValues.stream().anyMatch(falseValues::contains)) {
                throw new IllegalArgumentException("true and false values must differ, and one must be true");
            }
        }

        private static Set<String> lower(Set<String> values) {
            return values.stream().map(v -> v.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        }

        @Override
        public String unit() {
            return "";
        }
    }

    /**
     * A measure: the number in {@code in}, times {@code scale}; stored in SI.
     *
     * @param min smallest value that is physically possible, in SI
     * @param isCounter whether it only grows, but for resets
     */
    public record Measure(Unit in, double scale, double min, double max, boolean isCounter) implements Meaning {
        public Measure {
            if (!Double.isFinite(scale) || scale == 0) {
                throw new IllegalArgumentException("a scale is a finite number and not 0, not " + scale);
            }
            if (!(min <= max)) {
                throw new IllegalArgumentException("the range " + min + " to " + max + " is empty");
            }
        }

        @Override
        public String unit() {
            return in.si();
        }
    }

    /**
     * How many things are there, from messages that each speak of one thing: its id is at the source.
     *
     * @param over true when the message says that the thing has gone
     */
    public record OpenCount(Expression over) implements Meaning {
        @Override
        public String unit() {
            return "";
        }
    }

    /**
     * What else must hold.
     *
     * @param when the quantity is in the message only if this is true; null for always
     * @param ignored values, as texts, that mean "not known"
     * @param isRequired a message without it is refused
     */
    public record Guard(@Nullable Expression when, Set<String> ignored, boolean isRequired) {
        public static final Guard NONE = new Guard(null, Set.of(), false);

        public Guard {
            ignored = Set.copyOf(ignored);
        }
    }
}
