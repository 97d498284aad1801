package io.fengsui.runtime;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with full jitter: the n-th wait is uniform in (0, min(ceiling, first * 2^n)], so that a thousand
 * clients which failed together do not come back together (AWS Architecture Blog, "Exponential Backoff And Jitter").
 *
 * <p>Confined to its owner's thread.
 */
public final class Backoff {
    private static final int MAX_DOUBLINGS = 30;

    private final long firstNanos;
    private final long ceilingNanos;
    private final RandomGenerator random;
    private int failures;

    public Backoff(Duration first, Duration ceiling, RandomGenerator random) {
        if (first.isNegative() || first.isZero() || ceiling.compareTo(first) < 0) {
            throw new IllegalArgumentException("backoff needs 0 < first <= ceiling, got " + first + " and " + ceiling);
        }
        this.firstNanos = first.toNanos();
        this.ceilingNanos = ceiling.toNanos();
        this.random = random;
    }

    /** How long to wait before the next try; counts one more failure. */
    public Duration next() {
        long span = failures >= MAX_DOUBLINGS ? ceilingNanos : Math.min(ceilingNanos, firstNanos << failures);
        if (span < firstNanos) {
            span = ceilingNanos;
        }
        failures = Math.min(failures + 1, MAX_DOUBLINGS);
        return Duration.ofNanos(1 + random.nextLong(span));
    }

    /** Failures since the last success. */
    public int failures() {
        return failures;
    }

    /** A success: the next failure starts from the first wait again. */
    public void reset() {
        failures = 0;
    }
}
