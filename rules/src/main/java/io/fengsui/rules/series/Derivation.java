package io.fengsui.rules.series;

import java.time.Duration;

/** What is measured against the limit. */
public sealed interface Derivation {
    /** Longest window. */
    Duration MAX_WINDOW = Duration.ofDays(31);

    /** The reading itself. */
    record Value() implements Derivation {
        public static final Value PLAIN = new Value();
    }

    /** Change a second over the window; known once readings span half of it. */
    record Rate(Duration window) implements Derivation {
        public Rate {
            check(window);
        }
    }

    /**
     * How much a counter grew over the window; known once readings span it. A decrease is a reset: what it shows then was
     * used since.
     *
     * @param wrap where the counter begins anew at 0; 0 for nowhere
     * @param maxStep growth between two readings that is taken for a misreading and not counted; 0 for none
     */
    record Use(Duration window, double wrap, double maxStep) implements Derivation {
        public Use {
            check(window);
            if (!(wrap >= 0 && maxStep >= 0)) {
                throw new IllegalArgumentException("wrap and max step are not negative");
            }
        }
    }

    /** Seconds since the last reading. */
    record Silence() implements Derivation {}

    /**
     * Seconds for which readings came and did not change.
     *
     * @param tolerance by how much they may differ
     */
    record Same(double tolerance) implements Derivation {
        public Same {
            if (!(tolerance >= 0)) {
                throw new IllegalArgumentException("a tolerance is not negative");
            }
        }
    }

    private static void check(Duration window) {
        if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(MAX_WINDOW) > 0) {
            throw new IllegalArgumentException("a window is 1 s to " + MAX_WINDOW.toDays() + " days, not " + window);
        }
    }
}
