package io.fengsui.runtime;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When a thread last got on with its work. Told by the thread at each turn of its loop, also one in which there was nothing
 * to do or nothing could be done yet: what stands still for long has died or hangs. Read by any thread.
 */
public final class Progress {
    private final String thread;
    private final LongSupplier steadyNanos;
    private volatile long lastNanos;
    private volatile boolean hasEnded;

    /**
     * Of a thread that is about to begin.
     *
     * @param steadyNanos the steady clock; thread-safe
     */
    public Progress(String thread, LongSupplier steadyNanos) {
        this.thread = thread;
        this.steadyNanos = steadyNanos;
        this.lastNanos = steadyNanos.getAsLong();
    }

    /** The name of the thread. */
    public String thread() {
        return thread;
    }

    /** It got on. */
    public void made() {
        lastNanos = steadyNanos.getAsLong();
    }

    /** It does nothing any more. */
    public void ended() {
        hasEnded = true;
    }

    public boolean hasEnded() {
        return hasEnded;
    }

    /** For how long it has not got on. */
    public Duration standing() {
        return Duration.ofNanos(steadyNanos.getAsLong() - lastNanos);
    }
}
