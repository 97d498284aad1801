package io.fengsui.edge.meter;

import io.fengsui.runtime.Progress;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** For how long a thread that alarms depend on has not got on, told apart by its name. Stateless. */
public final class StandingGauge {
    private StandingGauge() {}

    public static Gauge register(Progress progress, MeterRegistry registry) {
        return Gauge.builder("edge_thread_standing_seconds", progress, StandingGauge::seconds)
                .description("Time since a thread that alarms depend on last got on; +Inf for one that has ended")
                .tag("thread", progress.thread())
                .register(registry);
    }

    private static double seconds(Progress progress) {
        return progress.hasEnded()
                ? Double.POSITIVE_INFINITY
                : progress.standing().toMillis() / 1e3;
    }
}
