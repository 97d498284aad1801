package io.fengsui.runtime;

import java.time.Instant;

/** The machine's own clocks. */
enum SystemTimeSource implements TimeSource {
    INSTANCE;

    @Override
    public Instant wall() {
        return Instant.now();
    }

    @Override
    public long steadyNanos() {
        return System.nanoTime();
    }
}
