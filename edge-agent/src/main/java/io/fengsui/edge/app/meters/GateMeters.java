package io.fengsui.edge.app.meters;

import io.fengsui.edge.gate.ActivityGate;
import io.fengsui.edge.gate.GateCounters;
import io.fengsui.edge.gate.GateReason;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Meters of each camera's gate, for as long as it is configured, and of all together; read when scraped. Thread-safe. */
public final class GateMeters {
    /** What can wake a camera up. */
    private static final List<GateReason> OPENINGS = List.of(
            GateReason.FIRST,
            GateReason.SIZE,
            GateReason.LUMA,
            GateReason.RESTLESS,
            GateReason.TIMETABLE,
            GateReason.AUDIT);

    private final MeterRegistry registry;
    private final ActivityGate gate;
    private final Map<String, List<Meter>> byCamera = new HashMap<>();
    private volatile Set<String> cameras = Set.of();

    public GateMeters(MeterRegistry registry, ActivityGate gate) {
        this.registry = registry;
        this.gate = gate;
        Gauge.builder("edge.gate.fleet.missed.ratio", this, GateMeters::missedRatio)
                .description("Share of audited seconds asleep in which something was missed, of all cameras")
                .register(registry);
        FunctionCounter.builder("edge.gate.fleet.audits.unanswered", this, m -> m.sum(GateCounters::unansweredAudits))
                .description("Seconds asleep that were to be looked at all the same and never were, of all cameras")
                .register(registry);
        for (GateReason reason : GateReason.values()) {
            FunctionCounter.builder("edge.gate.decisions", this, m -> m.sum(c -> c.of(reason)))
                    .description("Access units by what the gate decided; those of open reasons are looks")
                    .tag("reason", reason.label())
                    .register(registry);
        }
    }

    /** Exactly these cameras have meters from now on. */
    public synchronized void apply(Set<String> wanted) {
        cameras = Set.copyOf(wanted);
        byCamera.entrySet().removeIf(entry -> {
            boolean isGone = !wanted.contains(entry.getKey());
            if (isGone) {
                entry.getValue().forEach(registry::remove);
            }
            return isGone;
        });
        wanted.forEach(camera -> byCamera.computeIfAbsent(camera, this::register));
    }

    private List<Meter> register(String camera) {
        List<Meter> meters = new ArrayList<>(List.of(
                gauge(
                        "edge.gate.trusted",
                        "1 while sizes alone may keep the gate shut",
                        camera,
                        g -> g.status(camera).isTrusted() ? 1 : 0),
                gauge(
                        "edge.gate.awake",
                        "1 while the camera is followed",
                        camera,
                        g -> g.status(camera).isAwake() ? 1 : 0),
                gauge(
                        "edge.gate.quiet.block.bytes",
                        "Bytes that a usual quiet picture spends on 16 x 16 pixels; much of it hides movement",
                        camera,
                        g -> g.status(camera).floor() / Byte.SIZE),
                gauge(
                        "edge.gate.least.area.ratio",
                        "Part of the picture that has to change for sizes to show it; over 0.013 they are not trusted",
                        camera,
                        g -> g.status(camera).leastArea()),
                gauge(
                        "edge.gate.wants.capped.vbr",
                        "1 while its quiet pictures are so large that sizes cannot show movement: set capped VBR",
                        camera,
                        g -> g.status(camera).advice().isForCappedVbr() ? 1 : 0),
                gauge(
                        "edge.gate.missed.ratio",
                        "Share of audited seconds asleep in which something was missed",
                        camera,
                        g -> ratio((double) g.counters(camera).missed(), (double)
                                g.counters(camera).audits())),
                counter("edge.gate.watched.seconds", "Time in which pictures came", camera, c -> c.watchedSeconds()),
                counter("edge.gate.awake.seconds", "Time in which the camera was awake", camera, c -> c.awakeSeconds()),
                counter("edge.gate.audits", "Seconds asleep that were looked at all the same", camera, c -> c.audits()),
                counter(
                        "edge.gate.audits.unanswered",
                        "Seconds asleep that were to be looked at all the same and never were",
                        camera,
                        c -> c.unansweredAudits()),
                counter("edge.gate.missed", "Audits that found what the gate had missed", camera, c -> c.missed())));
        for (GateReason reason : OPENINGS) {
            meters.add(FunctionCounter.builder(
                            "edge.gate.openings", gate, g -> g.counters(camera).openings(reason))
                    .description("Times that the camera woke up, by why")
                    .tag("camera", camera)
                    .tag("reason", reason.label())
                    .register(registry));
        }
        return meters;
    }

    private Meter gauge(String name, String description, String camera, ToDoubleFunction<ActivityGate> value) {
        return Gauge.builder(name, gate, value)
                .description(description)
                .tag("camera", camera)
                .register(registry);
    }

    private Meter counter(String name, String description, String camera, ToDoubleFunction<GateCounters> value) {
        return FunctionCounter.builder(name, gate, g -> value.applyAsDouble(g.counters(camera)))
                .description(description)
                .tag("camera", camera)
                .register(registry);
    }

    private double missedRatio() {
        return ratio(sum(GateCounters::missed), sum(GateCounters::audits));
    }

    private double sum(ToDoubleFunction<GateCounters> value) {
        return cameras.stream()
                .mapToDouble(c -> value.applyAsDouble(gate.counters(c)))
                .sum();
    }

    private static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
