package io.fengsui.edge.vision.pool;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether the model is to blame when its workers crash: three crashes within a while, and no camera that was in flight at
 * each of them. Confined to {@code vision-io}.
 */
final class ModelTrial {
    static final int LIMIT = 3;
    static final Duration WITHIN = Duration.ofMinutes(10);

    private record Crash(long nanos, Set<String> cameras) {}

    private final Deque<Crash> crashes = new ArrayDeque<>();

    /**
     * A worker crashed by itself with these cameras in flight; returns whether the model has to go.
     *
     * @param isNew whether the model came into use a short while ago: then it is blamed before any camera
     */
    boolean crashed(Set<String> cameras, boolean isNew, long nowNanos) {
        crashes.add(new Crash(nowNanos, Set.copyOf(cameras)));
        while (crashes.size() > LIMIT || nowNanos - crashes.element().nanos() > WITHIN.toNanos()) {
            crashes.remove();
        }
        if (crashes.size() < LIMIT) {
            return false;
        }
        Set<String> common = new HashSet<>(crashes.element().cameras());
        crashes.forEach(crash -> common.retainAll(crash.cameras()));
        if (!common.isEmpty() && !isNew) {
            // That camera's pictures are to blame; it is in quarantine now, and the model starts with a clean sheet.
            crashes.clear();
            return false;
        }
        return true;
    }

    /** Another model serves. */
    void clear() {
        crashes.clear();
    }
}
