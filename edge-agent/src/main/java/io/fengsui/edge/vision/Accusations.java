package io.fengsui.edge.vision;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cameras that were in flight when a worker died. One that was there several times in a row, without a good result
 * between, is left out for a while, so that a poisonous stream cannot keep the others blind. Thread-safe.
 */
public final class Accusations {
    /** Deaths in a row that lead to quarantine. */
    static final int LIMIT = 3;

    /** How long a camera is left out; then it has one more try. */
    static final Duration QUARANTINE = Duration.ofMinutes(10);

    private record Charge(int deaths, long lastNanos) {}

    private final Map<String, Charge> charges = new HashMap<>();

    /** A worker died with a job of this camera; returns whether the camera is in quarantine now. */
    synchronized boolean accuse(String camera, long nowNanos) {
        Charge charge = charges.merge(
                camera, new Charge(1, nowNanos), (before, _) -> new Charge(before.deaths() + 1, nowNanos));
        return charge.deaths() >= LIMIT;
    }

    /** A job of this camera ended well. */
    synchronized void absolve(String camera) {
        charges.remove(camera);
    }

    /** Whether this camera is left out. */
    public synchronized boolean isQuarantined(String camera, long nowNanos) {
        @Nullable Charge charge = charges.get(camera);
        return charge != null && charge.deaths() >= LIMIT && nowNanos - charge.lastNanos() < QUARANTINE.toNanos();
    }
}
