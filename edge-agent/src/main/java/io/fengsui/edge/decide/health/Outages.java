package io.fengsui.edge.decide.health;

import io.fengsui.edge.decide.event.DecideSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How all parts of the box are, and when the next of them has been down for too long. Asked at every step of the decider, so
 * that it must not walk through thousands of cameras each time: it does when something is due, and no sooner. Confined to
 * {@code decide}.
 */
final class Outages {
    /** Due at once, and far enough from the least number that a difference to it does not overflow. */
    private static final long AT_ONCE = Long.MIN_VALUE / 2;

    /** How long sensors get to speak once what they come through is back. */
    private static final long RESPITE_NANOS = HealthDesk.START_GRACE.toNanos();

    private final DecideSettings settings;
    private final Map<HealthPart, Outage> all = new LinkedHashMap<>();
    /** By sensor; of those that are watched only. */
    private final Map<String, String> gateways = new HashMap<>();

    private long dueNanos = Long.MAX_VALUE;

    Outages(DecideSettings settings) {
        this.settings = settings;
    }

    @Nullable
    Outage get(HealthPart part) {
        return all.get(part);
    }

    Outage getOrDefault(HealthPart part, Outage other) {
        return all.getOrDefault(part, other);
    }

    boolean contains(HealthPart part) {
        return all.containsKey(part);
    }

    void put(HealthPart part, Outage outage) {
        all.put(part, outage);
        dueNanos = Math.min(dueNanos, dueOf(part, outage));
    }

    void forEach(BiConsumer<HealthPart, Outage> consumer) {
        all.forEach(consumer);
    }

    /** What is to be told of a part now, if it is known. */
    Optional<Outage.News> news(HealthPart part, long nowNanos) {
        Outage outage = all.get(part);
        return outage == null ? Optional.empty() : outage.news(part.patience(settings), nowNanos);
    }

    /** Whether there is such a part still; what is known by its words only is there. */
    boolean isConfigured(HealthPart part) {
        return switch (part) {
            case HealthPart.CameraPart _, HealthPart.SensorPart _ -> all.containsKey(part);
            case HealthPart.SightPart sight -> settings.cameras().containsKey(sight.camera());
            case HealthPart.WorkerPart _, HealthPart.BrokerPart _, HealthPart.GatewayPart _ -> true;
        };
    }

    /** Told of a part before a restart, with that cause; returns whether it ends unless it is said again soon. */
    boolean resume(HealthPart part, String cause, long nowNanos) {
        Outage unknown = Outage.unknownSince(nowNanos).alreadyTold(cause);
        return switch (part) {
            case HealthPart.CameraPart _, HealthPart.SensorPart _ -> {
                put(part, getOrDefault(part, unknown).alreadyTold(cause));
                yield false;
            }
            case HealthPart.SightPart _ -> {
                put(part, Outage.unconfirmed(cause, nowNanos));
                yield true;
            }
            case HealthPart.WorkerPart _, HealthPart.BrokerPart _, HealthPart.GatewayPart _ -> {
                put(part, unknown);
                yield true;
            }
        };
    }

    /** Whether a camera streams, and what it sends is looked at; workers are looked up once for all cameras. */
    Predicate<String> watching() {
        boolean isSeeing = isAnyWorkerUp();
        return camera -> {
            Outage stream = all.get(new HealthPart.CameraPart(camera));
            Outage sight = all.get(new HealthPart.SightPart(camera));
            return isSeeing && stream != null && stream.isUp() && (sight == null || sight.isUp());
        };
    }

    /** Why no picture of a camera can be hoped for now, for people; empty when there may be one. */
    Optional<String> whyUnseen(String camera, Predicate<HealthPart> isConfirmed) {
        HealthPart sight = new HealthPart.SightPart(camera);
        Outage looking = all.get(sight);
        if (looking != null && !looking.isUp() && isConfirmed.test(sight)) {
            return Optional.of("camera " + camera + " is not looked at: " + looking.detail());
        }
        Outage stream = all.get(new HealthPart.CameraPart(camera));
        return stream != null && !stream.isUp() && !stream.told().isEmpty()
                ? Optional.of("camera " + camera + " gives no pictures: " + stream.detail())
                : Optional.empty();
    }

    private boolean isAnyWorkerUp() {
        return all.entrySet().stream()
                .anyMatch(e -> e.getKey() instanceof HealthPart.WorkerPart
                        && e.getValue().isUp());
    }

    /** A sensor comes through that gateway. */
    void behind(String sensor, String gateway) {
        if (all.containsKey(new HealthPart.SensorPart(sensor))) {
            gateways.put(sensor, gateway);
        }
    }

    /** Nobody confirmed after a restart what was told of it before; of what is known by its words only nothing is known any more. */
    void unsaid(HealthPart part) {
        switch (part) {
            case HealthPart.GatewayPart _, HealthPart.SightPart _ -> all.remove(part);
            case HealthPart.CameraPart _,
                    HealthPart.SensorPart _,
                    HealthPart.WorkerPart _,
                    HealthPart.BrokerPart _ -> {}
        }
    }

    /**
     * A part that sensors come through is back, and had been told to be away: none of them is silent before it had time to speak.
     * A broker hands over what it kept meanwhile; behind a gateway the next word comes when it comes. What was too short to be told
     * excuses nobody, or one that comes and goes would hide a dead sensor for ever.
     */
    void giveTime(HealthPart way, long nowNanos) {
        boolean isKeeping = way instanceof HealthPart.BrokerPart;
        all.replaceAll((part, outage) -> {
            if (!outage.isOnlyWaiting() || !isThrough(part, way)) {
                return outage;
            }
            Outage after = isKeeping ? respite(part, outage, nowNanos) : outage.since(nowNanos);
            return dueOf(part, outage) < dueOf(part, after) ? after : outage;
        });
    }

    /** Worth telling when the respite is over. */
    private Outage respite(HealthPart part, Outage outage, long nowNanos) {
        return outage.since(nowNanos + RESPITE_NANOS - part.patience(settings).toNanos());
    }

    private boolean isThrough(HealthPart part, HealthPart way) {
        return part instanceof HealthPart.SensorPart sensor
                && (way.equals(brokerOf(sensor)) || way.equals(gatewayOf(sensor)));
    }

    private HealthPart brokerOf(HealthPart.SensorPart sensor) {
        return new HealthPart.BrokerPart(settings.sensors()
                .getOrDefault(sensor.id(), DecideSettings.SensorSpot.UNKNOWN)
                .broker());
    }

    private HealthPart gatewayOf(HealthPart.SensorPart sensor) {
        return new HealthPart.GatewayPart(gateways.getOrDefault(sensor.id(), ""));
    }

    /** Whether a sensor cannot be heard, since what it comes through is away: that was told, and not each sensor is. */
    private boolean isBehindLost(HealthPart part, Outage outage) {
        return outage.isOnlyWaiting()
                && part instanceof HealthPart.SensorPart sensor
                && (isToldLost(brokerOf(sensor)) || isToldLost(gatewayOf(sensor)));
    }

    private boolean isToldLost(HealthPart way) {
        Outage outage = all.get(way);
        return outage != null && !outage.isUp() && !outage.told().isEmpty();
    }

    /** The parts that have something to tell now. */
    List<HealthPart> takeDue(long nowNanos) {
        if (nowNanos < dueNanos) {
            return List.of();
        }
        List<HealthPart> late = new ArrayList<>();
        all.replaceAll((part, outage) -> dueOf(part, outage) <= nowNanos && isBehindLost(part, outage)
                ? respite(part, outage, nowNanos)
                : outage);
        dueNanos = Long.MAX_VALUE;
        all.forEach((part, outage) -> {
            long due = dueOf(part, outage);
            if (due <= nowNanos) {
                late.add(part);
            } else {
                dueNanos = Math.min(dueNanos, due);
            }
        });
        return late;
    }

    /** Not after the first part that has something to tell; it may be of a part that is well again. */
    long nextDue() {
        return dueNanos;
    }

    private long dueOf(HealthPart part, Outage outage) {
        if (outage.isUp()) {
            return outage.told().isEmpty() ? Long.MAX_VALUE : AT_ONCE;
        }
        if (!outage.told().isEmpty()) {
            return outage.told().equals(outage.cause()) ? Long.MAX_VALUE : AT_ONCE;
        }
        return outage.isDefinite()
                ? AT_ONCE
                : outage.sinceNanos() + part.patience(settings).toNanos();
    }
}
