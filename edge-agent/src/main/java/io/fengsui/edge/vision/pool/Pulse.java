package io.fengsui.edge.vision.pool;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** When a worker was last heard. A turn in which nobody listened is not held against it. Confined to {@code vision-io}. */
final class Pulse {
    /** It says something four times a second; one that says nothing for so long hangs. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    /** One that says nothing for so long may have been stopped; on a busy machine it may just have to wait. */
    private static final Duration SHORT_SILENCE = Duration.ofMillis(1500);

    /** A turn of {@code vision-io} that took longer than this was no turn in which the worker could have been heard. */
    private static final Duration LONG_TURN = Duration.ofMillis(500);

    private long heardNanos;
    private long turnNanos;

    Pulse(long now) {
        heardNanos = now;
        turnNanos = now;
    }

    void heard(long now) {
        heardNanos = now;
    }

    /** Somebody listens again. */
    void turn(long now) {
        if (now - turnNanos > LONG_TURN.toNanos()) {
            heardNanos += now - turnNanos;
        }
        turnNanos = now;
    }

    /** Time since it was heard. */
    Duration silence(long now) {
        return Duration.ofNanos(now - heardNanos);
    }

    /** Whether it hangs; one that the system reports as stopped is not waited for as long. */
    boolean isSilent(long now, BooleanSupplier isStopped) {
        Duration silence = silence(now);
        return silence.compareTo(SILENCE) > 0 || silence.compareTo(SHORT_SILENCE) > 0 && isStopped.getAsBoolean();
    }
}
