package io.fengsui.edge.gate.admission;

import java.time.Duration;

/**
 * Small pictures that one camera may ask for at once, between keyframes too, because of its sizes: {@value #AT_ONCE}, and one more
 * every {@link #EVERY}. A tree that moves all day costs no more than that. A leaky bucket as one number (ITU-T I.371, virtual
 * scheduling). Immutable.
 *
 * @param paidNanos steady clock until which what was asked for counts
 */
public record AskBudget(long paidNanos) {
    static final int AT_ONCE = 4;
    static final Duration EVERY = Duration.ofSeconds(5);

    /** Whether there is one left. */
    public boolean isLeft(long now) {
        return paidNanos - now <= (AT_ONCE - 1) * EVERY.toNanos();
    }

    /** Whether one was asked for a moment ago, {@link #EVERY} for each. */
    public boolean isOwed(long now) {
        return paidNanos - now > 0;
    }

    /** The budget after one more. */
    public AskBudget spent(long now) {
        return new AskBudget((isOwed(now) ? paidNanos : now) + EVERY.toNanos());
    }
}
