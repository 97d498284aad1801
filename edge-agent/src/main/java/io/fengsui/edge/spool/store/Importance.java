package io.fengsui.edge.spool.store;

import io.fengsui.protocol.Severity;

/**
 * How much a record matters, as it lies in the file: what matters least is given up first. Numbers are never changed. Pure.
 */
public final class Importance {
    /** Of a row that an earlier version wrote. */
    public static final int UNKNOWN = -1;
    /** A note about an event, such as that its picture is lost. */
    public static final int NOTE = 0;
    /** A tombstone: nothing is left to give up. */
    public static final int GONE = 100;

    /** The levels at which events stand, least first; rows of an earlier version count as a warning. */
    public static final int LEVELS = Severity.values().length + 1;

    private static final int AS_WARNING = of(Severity.WARNING);

    private Importance() {}

    public static int of(Severity severity) {
        return switch (severity) {
            case INFO -> 1;
            case WARNING -> 2;
            case MINOR -> 3;
            case MAJOR -> 4;
            case CRITICAL -> 5;
        };
    }

    /** The level of a stored number, 0 up to {@link #LEVELS}. */
    public static int level(int stored) {
        return stored == UNKNOWN ? AS_WARNING : Math.clamp(stored, 0, LEVELS - 1);
    }
}
