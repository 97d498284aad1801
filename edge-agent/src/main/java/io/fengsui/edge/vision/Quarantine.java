package io.fengsui.edge.vision;

import java.time.Duration;
import java.util.Locale;

/**
 * A camera is left out, or is looked at again.
 *
 * @param deaths workers that ended in a row while they had its pictures
 * @param time how long it is, or was, left out until its try
 */
public record Quarantine(String camera, Cause cause, int deaths, Duration time) {
    /** Why it begins or ends; the label is the event's cause. */
    public enum Cause {
        /** Begins: worker after worker ended while it had its pictures. */
        WORKERS_CRASHED("workers_crashed"),
        /** Ends: a picture of it was decoded again. */
        DECODED("decoded"),
        /** Ends: its time is over, and nothing of it was looked at that could have shown whether it does harm still. */
        UNTRIED("untried");

        private final String label;

        Cause(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    public boolean isBegun() {
        return switch (cause) {
            case WORKERS_CRASHED -> true;
            case DECODED, UNTRIED -> false;
        };
    }

    /** For people. */
    public String detail() {
        return switch (cause) {
            case WORKERS_CRASHED ->
                String.format(
                        Locale.ROOT,
                        "%d vision workers in a row ended while they had its pictures; it is not looked at for %d min,"
                                + " then tried again; each try that ends a worker doubles the wait, up to %d h",
                        deaths,
                        time.toMinutes(),
                        Charge.LONGEST.toHours());
            case DECODED -> "a picture of it was decoded again";
            case UNTRIED -> "its time is over, and no picture of it came to be tried within a minute";
        };
    }
}
