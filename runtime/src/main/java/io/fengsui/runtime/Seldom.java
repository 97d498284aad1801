package io.fengsui.runtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * When something that may come a thousand times a second is to be told: the first time, and then not more often than once a
 * minute for each kind. Of more than {@value #MOST} kinds the others share one. Confined to one thread.
 */
public final class Seldom {
    private static final int MOST = 64;
    private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

    private final Map<String, Long> toldNanos = new HashMap<>();

    /** Whether it is to be told now. */
    public boolean isDue(String kind, long nowNanos) {
        String known = toldNanos.containsKey(kind) || toldNanos.size() < MOST ? kind : "";
        Long told = toldNanos.get(known);
        if (told != null && nowNanos - told < PAUSE_NANOS) {
            return false;
        }
        toldNanos.put(known, nowNanos);
        return true;
    }
}
