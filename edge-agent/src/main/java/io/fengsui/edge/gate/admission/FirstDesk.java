package io.fengsui.edge.gate.admission;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Lets the streams of a box have their first look one after the other, {@value #A_SECOND} a second: after a power cut a
 * thousand return at once, and what moves meanwhile comes before what may have stood there all along. Thread-safe, without a
 * lock.
 */
public final class FirstDesk {
    /** First looks a second: a fifth of a core for looks of 20 ms. */
    static final int A_SECOND = 10;

    private static final long SECOND = 1_000_000_000L;

    private record Tokens(double left, long atNanos) {}

    private final AtomicReference<Tokens> tokens = new AtomicReference<>(new Tokens(A_SECOND, 0));

    /** Whether one may begin now; if so, it is taken. */
    public boolean mayBegin(long now) {
        while (true) {
            Tokens before = Objects.requireNonNull(tokens.get());
            long elapsed = Math.clamp(now - before.atNanos(), 0, SECOND);
            double refilled = Math.min(A_SECOND, before.left() + (double) A_SECOND * elapsed / SECOND);
            if (refilled < 1) {
                return false;
            }
            if (tokens.compareAndSet(before, new Tokens(refilled - 1, now))) {
                return true;
            }
        }
    }
}
