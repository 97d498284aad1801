package io.fengsui.rules.evaluation;

import io.fengsui.protocol.value.Moment;
import io.fengsui.rules.CompiledRule;
import io.fengsui.rules.RuleDefinition;
import java.time.Duration;

/**
 * How pictures follow one another, and what their absence means: while no picture comes, nothing is known, so nothing ends
 * before a long deadline. Pure.
 */
final class Watch {
    /** A stay that was not told yet is forgotten after this long without pictures. */
    static final Duration FORGET_AFTER = Duration.ofMinutes(2);

    private static final long FIRST_INTERVAL = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_INTERVAL = Duration.ofSeconds(10).toNanos();

    /** Two and a half intervals of two seconds, which is the slowest that is usual. */
    private static final long MOST_PATIENCE = Duration.ofSeconds(5).toNanos();

    /** Pictures in a row without it, however long they took: a detector overlooks something once, and twice. */
    static final int LEAST_MISSES = 3;

    private Watch() {}

    /** When a lack of pictures ends what is open or forgets what is not. */
    static long limit(CompiledRule rule, Moment lastPicture, boolean isOpen) {
        Duration lease = rule.definition().lease();
        Duration patience = isOpen ? (lease.isZero() ? RuleDefinition.DEFAULT_LEASE : lease) : FORGET_AFTER;
        return lastPicture.steadyNanos() + patience.toNanos();
    }

    static long firstInterval() {
        return FIRST_INTERVAL;
    }

    /**
     * The usual interval after one more picture: follows quickly upwards and downwards, deaf to long pauses. It hears short
     * ones: where pictures come that seldom from now on, the next is none.
     */
    static long interval(long usual, long elapsed) {
        if (elapsed <= 0 || elapsed > LONGEST_INTERVAL) {
            return usual;
        }
        return usual + (elapsed - usual) / 4;
    }

    /** Whether the time since the last picture is no interval but a pause in watching. */
    static boolean isPause(long usual, long elapsed) {
        return elapsed > LONGEST_INTERVAL
                || elapsed > 5 * usual && elapsed > Duration.ofSeconds(3).toNanos();
    }

    /**
     * How long something must be seen gone: the grace, and never less than two and a half intervals; but no more than
     * {@link #MOST_PATIENCE} of them, since whoever looks seldom has little time and looks away soon.
     */
    static long grace(Duration wanted, long interval) {
        return Math.max(wanted.toNanos(), Math.min(interval * 5 / 2, MOST_PATIENCE));
    }
}
