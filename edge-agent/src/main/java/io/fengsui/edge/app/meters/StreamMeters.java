package io.fengsui.edge.app.meters;

import io.fengsui.edge.camera.CameraFleet;
import io.fengsui.edge.camera.CameraState;
import io.fengsui.edge.camera.CameraStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** Meters of each camera's stream, for as long as it is configured; read when scraped. Thread-safe. */
public final class StreamMeters {
    private final MeterRegistry registry;
    private final CameraFleet fleet;
    private final Predicate<String> isQuarantined;
    private final Map<String, List<Meter>> byCamera = new HashMap<>();

    /** @param isQuarantined whether a camera is left out since its pictures ended vision workers */
    public StreamMeters(MeterRegistry registry, CameraFleet fleet, Predicate<String> isQuarantined) {
        this.registry = registry;
        this.fleet = fleet;
        this.isQuarantined = isQuarantined;
    }

    /** Exactly these cameras have meters from now on. */
    public synchronized void apply(Set<String> cameras) {
        byCamera.entrySet().removeIf(entry -> {
            boolean isGone = !cameras.contains(entry.getKey());
            if (isGone) {
                entry.getValue().forEach(registry::remove);
            }
            return isGone;
        });
        cameras.forEach(camera -> byCamera.computeIfAbsent(camera, this::register));
    }

    private List<Meter> register(String camera) {
        return List.of(
                gauge(
                        "edge.stream.up",
                        "1 while pictures arrive",
                        camera,
                        s -> s.state() == CameraState.STREAMING ? 1 : 0),
                Gauge.builder("edge.stream.quarantined", isQuarantined, q -> q.test(camera) ? 1 : 0)
                        .description("1 while nobody looks at its pictures, since they ended vision workers")
                        .tag("camera", camera)
                        .register(registry),
                Gauge.builder("edge.stream.last.frame.age.seconds", fleet, f -> lastFrameAge(f, camera))
                        .description("Age of the newest whole picture; not a number before the first")
                        .tag("camera", camera)
                        .register(registry),
                gauge(
                        "edge.stream.frames.per.second",
                        "Pictures a second",
                        camera,
                        s -> s.stream().framesPerSecond()),
                counter("edge.stream.received.bytes", "Bytes received", camera, s -> s.bytes()),
                counter("edge.stream.frames", "Whole pictures received", camera, s -> s.accessUnits()),
                counter("edge.stream.keyframes", "Keyframes received", camera, s -> s.keyframes()),
                counter("edge.stream.lost.packets", "RTP packets that never came", camera, s -> s.lostPackets()),
                counter("edge.stream.sessions", "Tries to have the stream", camera, s -> s.sessions()));
    }

    private Meter gauge(String name, String description, String camera, ToDoubleFunction<CameraStatus> value) {
        return Gauge.builder(name, fleet, f -> read(f, camera, value))
                .description(description)
                .tag("camera", camera)
                .register(registry);
    }

    private Meter counter(String name, String description, String camera, ToDoubleFunction<CameraStatus> value) {
        return FunctionCounter.builder(name, fleet, f -> read(f, camera, value))
                .description(description)
                .tag("camera", camera)
                .register(registry);
    }

    private static double read(CameraFleet fleet, String camera, ToDoubleFunction<CameraStatus> value) {
        return fleet.status(camera).map(value::applyAsDouble).orElse(0.0);
    }

    private static double lastFrameAge(CameraFleet fleet, String camera) {
        return fleet.status(camera)
                .map(status -> status.stream().lastUnitAge())
                .map(age -> age.toNanos() / 1e9)
                .orElse(Double.NaN);
    }
}
