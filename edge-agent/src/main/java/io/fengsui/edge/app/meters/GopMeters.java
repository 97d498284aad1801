package io.fengsui.edge.app.meters;

import io.fengsui.edge.camera.CameraFleet;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** What the compressed groups of pictures of all cameras take. */
public final class GopMeters {
    private GopMeters() {}

    public static void register(CameraFleet fleet, MeterRegistry registry) {
        Gauge.builder("edge.gop.used", fleet, f -> f.gopUsage().usedBytes())
                .description("Memory that cameras' compressed groups of pictures take")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("edge.gop.reserved", fleet, f -> f.gopUsage().reservedBytes())
                .description("Memory that was taken from the system for groups of pictures")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("edge.gop.budget", fleet, f -> f.gopUsage().budgetBytes())
                .description("Memory that groups of pictures may take")
                .baseUnit("bytes")
                .register(registry);
        FunctionCounter.builder("edge.gop.shrunk", fleet, f -> f.gopUsage().shrunk())
                .description("Groups of pictures of cameras that nobody looked at lately, cut for want of memory")
                .register(registry);
        FunctionCounter.builder("edge.gop.refused", fleet, f -> f.gopUsage().refused())
                .description("Keyframes, and pictures of cameras that are watched, for which there was no memory")
                .register(registry);
    }
}
