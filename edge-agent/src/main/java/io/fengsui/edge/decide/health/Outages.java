package io.fengsui.edge.decide.health;

import io.fengsui.edge.decide.event.DecideSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How all parts of the box are, and when the next of them has been down for too long. Asked at every step of the decider, so
 * that it must not walk through thousands of cameras each time: it does when something is due, and no sooner. Confined to
 * {@code decide}.
 */
final class Outages {
    /** Due at once, and far enough from the least number that a difference to it does not overflow. */
    private static final long AT_ONCE = Long.MIN_VALUE / 2;

    /** How long sensors get to speak once their broker is back. */
    private static final long RESPITE_NANOS = HealthDesk.START_GRACE.toNanos();

    private final DecideSettings settings;
    private final Map<HealthPart, Outage> all = new LinkedHashMap<>();
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

    boolean isAnyWorkerUp() {
        return all.entrySet().stream()
                .anyMatch(e -> e.getKey() instanceof HealthPart.WorkerPart
                        && e.getValue().isUp());
    }

    /** A broker is back: none of its sensors is silent before it had this much time to speak. */
    void giveTime(String broker, long nowNanos) {
        all.replaceAll((part, outage) -> {
            boolean isOne = outage.isOnlyWaiting() && brokerOf(part).equals(broker);
            return isOne && dueOf(part, outage) < nowNanos + RESPITE_NANOS ? respite(part, outage, nowNanos) : outage;
        });
    }

    /** Worth telling when the respite is over. */
    private Outage respite(HealthPart part, Outage outage, long nowNanos) {
        return outage.since(nowNanos + RESPITE_NANOS - part.patience(settings).toNanos());
    }

    /** The broker that a sensor speaks through; empty for another part. */
    private String brokerOf(HealthPart part) {
        return part instanceof HealthPart.SensorPart sensor
                ? settings.sensors()
                        .getOrDefault(sensor.id(), DecideSettings.SensorSpot.UNKNOWN)
                        .broker()
                : "";
    }

    /** Whether a sensor cannot be heard, since its broker is away: that is told, and not each sensor. */
    private boolean isBehindLostBroker(HealthPart part, Outage outage) {
        Outage broker = outage.isOnlyWaiting() ? all.get(new HealthPart.BrokerPart(brokerOf(part))) : null;
        return broker != null && !broker.isUp();
    }

    /** The parts that have something to tell now. */
    List<HealthPart> takeDue(long nowNanos) {
        if (nowNanos < dueNanos) {
            return List.of();
        }
        List<HealthPart> late = new ArrayList<>();
        all.replaceAll((part, outage) -> dueOf(part, outage) <= nowNanos && isBehindLostBroker(part, outage)
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
