package io.fengsui.runtime;

import java.time.Duration;
import java.time.Instant;

/** A clock that moves only when told to: for tests, replay and a day in virtual time. Thread-safe. */
public final class ManualTimeSource implements TimeSource {
    private Instant wall;
    private long steadyNanos;

    public ManualTimeSource(Instant wall) {
        this.wall = wall;
    }

    @Override
    public synchronized Instant wall() {
        return wall;
    }

    @Override
    public synchronized long steadyNanos() {
        return steadyNanos;
    }

    /** Moves both clocks forward. */
    public synchronized void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("time does not go back by itself; use jumpWall: " + by);
        }
        wall = wall.plus(by);
        steadyNanos += by.toNanos();
    }

    /** Moves the wall clock alone, as NTP or an operator does. */
    public synchronized void jumpWall(Duration by) {
        wall = wall.plus(by);
    }
}
