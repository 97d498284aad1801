package io.fengsui.edge.app;

import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.runtime.BootId;
import io.fengsui.runtime.TimeSource;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Supplier;

/** Moments of this box. A box without a battery-backed clock starts in the past: that is told by the quality. Thread-safe. */
final class AgentClock implements Supplier<Moment> {
    private static final ThreadMXBean WORK = ManagementFactory.getThreadMXBean();
    private static final Path SYNCHRONIZED = Path.of("/run/systemd/timesync/synchronized");
    private static final Instant PLAUSIBLE = Instant.parse("2026-01-01T00:00:00Z");
    private static final long LOOK_AGAIN_NANOS = 60_000_000_000L;

    private final TimeSource time;
    private final String bootId = BootId.current();
    private volatile ClockQuality quality = ClockQuality.FREE;
    private volatile long lookedNanos;

    AgentClock(TimeSource time) {
        this.time = time;
        look(time.steadyNanos());
    }

    String bootId() {
        return bootId;
    }

    @Override
    public Moment get() {
        long steady = time.steadyNanos();
        if (steady - lookedNanos > LOOK_AGAIN_NANOS) {
            look(steady);
        }
        return new Moment(time.wall(), quality, bootId, steady);
    }

    /** Work of the calling thread so far: time in which it did not run, or the machine slept, is none of it. */
    static long threadWork() {
        return WORK.isCurrentThreadCpuTimeSupported() ? WORK.getCurrentThreadCpuTime() : System.nanoTime();
    }

    private void look(long steady) {
        lookedNanos = steady;
        if (time.wall().isBefore(PLAUSIBLE)) {
            quality = ClockQuality.UNKNOWN;
        } else {
            quality = Files.exists(SYNCHRONIZED) ? ClockQuality.SYNCED : ClockQuality.FREE;
        }
    }
}
