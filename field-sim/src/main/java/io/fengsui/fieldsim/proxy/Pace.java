package io.fengsui.fieldsim.proxy;

import java.util.random.RandomGenerator;

/** When a piece may leave: never before the one that came before it. Pure but for its two numbers; event loop only. */
final class Pace {
    private static final double NANOS = 1e9;

    private final RandomGenerator random;
    private long lastDue;
    private long lineFree;

    Pace(RandomGenerator random, long now) {
        this.random = random;
        this.lastDue = now;
        this.lineFree = now;
    }

    /** By the steady clock, in nanoseconds. */
    long due(Faults faults, int bytes, long now) {
        long due = now + faults.get(Fault.Latency.class).map(this::delay).orElse(0L);
        due += faults.get(Fault.Loss.class).map(this::resent).orElse(0L);
        Fault.Throttle throttle = faults.get(Fault.Throttle.class).orElse(null);
        if (throttle != null) {
            long takes = (long) (bytes * NANOS / throttle.bytesPerSecond());
            lineFree = later(lineFree, due) + takes;
            due = lineFree;
        }
        lastDue = later(lastDue, due);
        return lastDue;
    }

    private long delay(Fault.Latency latency) {
        long jitter = latency.jitter().toNanos();
        return latency.least().toNanos() + (jitter == 0 ? 0 : random.nextLong(jitter));
    }

    /** A piece that is lost again and again waits twice as long each time; after six times it comes. */
    private long resent(Fault.Loss loss) {
        long waits = 0;
        long wait = loss.resend().toNanos();
        for (int again = 0; again < 6 && random.nextDouble() < loss.part(); again++) {
            waits += wait;
            wait *= 2;
        }
        return waits;
    }

    private static long later(long one, long other) {
        return one - other >= 0 ? one : other;
    }
}
