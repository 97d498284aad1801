package io.fengsui.edge.sensor;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where in a JSON payload the value stands and how it is read. Pointers are JSON pointers (RFC 6901); the empty one is
 * the whole payload, which then need not be JSON.
 */
public sealed interface PayloadMapping {
    /** Where the value stands. */
    String pointer();

    /** Where the sensor says when it measured; null when it does not. */
    @Nullable
    Freshness freshness();

    /**
     * The sensor's own time: a reading that is older than this counts as uncertain.
     *
     * @param pointer to an ISO 8601 text, or to seconds or milliseconds since 1970
     */
    record Freshness(String pointer, Duration maxAge) {}

    /** A state: 1 for any of the true values, 0 for any of the false ones; anything else is not a reading. */
    record State(
            String pointer,
            Set<String> trueValues,
            Set<String> falseValues,
            @Nullable Freshness freshness) implements PayloadMapping {
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
    }

    /** A measure: the number at the pointer in {@code unit}, times {@code scale}; stored in the unit's SI unit. */
    record Measure(
            String pointer,
            Unit unit,
            double scale,
            @Nullable Freshness freshness) implements PayloadMapping {
        public Measure {
            if (!Double.isFinite(scale) || scale == 0) {
                throw new IllegalArgumentException("a scale is a finite number and not 0, not " + scale);
            }
        }
    }

    /** Units that sensors speak in, and how to get to SI. */
    enum Unit {
        NONE("", 1),
        RATIO("ratio", 1),
        PERCENT("ratio", 0.01),
        M("m", 1),
        CM("m", 0.01),
        MM("m", 0.001),
        M3("m3", 1),
        L("m3", 0.001),
        M3_H("m3/s", 1.0 / 3600),
        L_S("m3/s", 0.001),
        L_MIN("m3/s", 0.001 / 60),
        DEGC("degC", 1),
        V("V", 1),
        A("A", 1),
        W("W", 1),
        PPM("ratio", 1e-6);

        private final String si;
        private final double factor;

        Unit(String si, double factor) {
            this.si = si;
            this.factor = factor;
        }

        /** The SI unit's sign. */
        public String si() {
            return si;
        }

        double toSi(double value) {
            return value * factor;
        }
    }
}
