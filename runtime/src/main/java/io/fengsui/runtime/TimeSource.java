package io.fengsui.runtime;

import java.time.Instant;

/**
 * The two clocks of the programs: the wall clock, which may jump, and the steady clock, which may not.
 *
 * <p>Nothing below the wiring reads the system's clocks itself; a decision gets its {@code now} as a parameter.
 * Implementations are thread-safe.
 */
public interface TimeSource {
    /** The wall clock, UTC. May jump in both directions. */
    Instant wall();

    /** Nanoseconds of a clock that never goes back, with an arbitrary origin; comparable within one boot only. */
    long steadyNanos();

    /** The clocks of this machine. */
    static TimeSource system() {
        return SystemTimeSource.INSTANCE;
    }
}
