package io.fengsui.edge.action;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers what was done last, newest {@value #MAX_KEYS} keys. Confined. */
final class CoolDown {
    private static final int MAX_KEYS = 10_000;

    private final Map<String, Long> last = new LinkedHashMap<>();

    /** Whether it may be done now; if so, it counts as done. */
    boolean admit(String key, Duration pause, long nowNanos) {
        Long before = last.get(key);
        if (before != null && nowNanos - before < pause.toNanos()) {
            return false;
        }
        last.remove(key);
        last.put(key, nowNanos);
        if (last.size() > MAX_KEYS) {
            last.remove(last.keySet().iterator().next());
        }
        return true;
    }
}
