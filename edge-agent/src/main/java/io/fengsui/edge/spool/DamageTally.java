package io.fengsui.edge.spool;

import java.time.Duration;

/**
 * How often damage was seen lately: once may be an accident, {@link #ENOUGH} times within an hour are none. Not thread-safe.
 */
final class DamageTally {
    static final int ENOUGH = 3;
    static final Duration MEMORY = Duration.ofHours(1);

    private final long[] seen = new long[ENOUGH];
    private int many;

    /** Seen once more; whether that makes it enough. */
    boolean seen(long nowNanos) {
        forget(nowNanos);
        if (many == ENOUGH) {
            System.arraycopy(seen, 1, seen, 0, ENOUGH - 1);
            many--;
        }
        seen[many++] = nowNanos;
        return many == ENOUGH;
    }

    /** Whether it is still enough. */
    boolean isEnough(long nowNanos) {
        forget(nowNanos);
        return many == ENOUGH;
    }

    private void forget(long nowNanos) {
        int old = 0;
        while (old < many && nowNanos - seen[old] > MEMORY.toNanos()) {
            old++;
        }
        System.arraycopy(seen, old, seen, 0, many - old);
        many -= old;
    }
}
