package io.fengsui.edge.uplink;

import io.fengsui.edge.meter.LabelledCounters;
import io.fengsui.edge.spool.Spool;
import io.fengsui.protocol.Lane;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts of the conversation. Thread-safe. */
public final class UplinkMeters {
    private final AtomicInteger connected = new AtomicInteger();
    private final LabelledCounters<Lane> sent;
    private final LabelledCounters<Lane> acknowledged;
    private final Counter attempts;
    private final Counter failures;
    private final Counter evidenceDelivered;
    private final Counter evidenceRefused;
    private final Counter sentVolatile;
    private final Counter sentAhead;
    private final Counter unsendable;
    private final MeterRegistry registry;

    public UplinkMeters(MeterRegistry registry, Spool spool) {
        this.registry = registry;
        sent = new LabelledCounters<>(
                registry, Lane.class, "edge_uplink_sent_records_total", "Records sent, again or first", "lane");
        acknowledged = new LabelledCounters<>(
                registry, Lane.class, "edge_uplink_acknowledged_records_total", "Records the hub acknowledged", "lane");
        for (Lane lane : Lane.values()) {
            Gauge.builder("edge_uplink_lag_seconds", spool, s -> lag(s, lane))
                    .description("Age of the oldest record that the hub has not acknowledged")
                    .tag("lane", lane.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        attempts = Counter.builder("edge_uplink_attempts_total")
                .description("Connections tried")
                .register(registry);
        failures = Counter.builder("edge_uplink_failures_total")
                .description("Exceptions kept from ending the conversation with the hub for good; it begins anew")
                .register(registry);
        evidenceDelivered = Counter.builder("edge_uplink_evidence_delivered_total")
                .description("Pictures that the hub has, verified")
                .register(registry);
        sentVolatile = Counter.builder("edge_uplink_volatile_sent_total")
                .description("Urgent events sent from memory because they could not be written")
                .register(registry);
        sentAhead = Counter.builder("edge_uplink_ahead_sent_total")
                .description("Urgent events sent ahead of a backlog of urgent ones, and again in their turn")
                .register(registry);
        unsendable = Counter.builder("edge_uplink_unsendable_total")
                .description(
                        "Urgent events that could not be encoded and so were not told from memory, nor ahead of others")
                .register(registry);
        evidenceRefused = Counter.builder("edge_uplink_evidence_refused_total")
                .description("Pictures that the hub will never take")
                .register(registry);
        Gauge.builder("edge_uplink_connected", connected, AtomicInteger::get)
                .description("1 while the hub serves this edge")
                .strongReference(true)
                .register(registry);
    }

    void watch(VolatileQueue queue) {
        Gauge.builder("edge_uplink_volatile_waiting", queue, VolatileQueue::depth)
                .description("Urgent events in memory that could not be written and are not sent")
                .register(registry);
        FunctionCounter.builder("edge_uplink_volatile_dropped_total", queue, VolatileQueue::dropped)
                .description(
                        "Urgent events in memory that gave way to others: what is not refused comes when it is on disk")
                .register(registry);
    }

    void sentAhead() {
        sentAhead.increment();
    }

    void sentVolatile() {
        sentVolatile.increment();
    }

    void unsendable() {
        unsendable.increment();
    }

    private static double lag(Spool spool, Lane lane) {
        return spool.stats().lane(lane).oldestAge().toNanos() / 1e9;
    }

    void connected(boolean isConnected) {
        connected.set(isConnected ? 1 : 0);
    }

    void attempted() {
        attempts.increment();
    }

    void failed() {
        failures.increment();
    }

    void sent(Lane lane, int records) {
        sent.add(lane, records);
    }

    void acknowledged(Lane lane, long records) {
        acknowledged.add(lane, records);
    }

    void evidenceDelivered() {
        evidenceDelivered.increment();
    }

    void evidenceRefused() {
        evidenceRefused.increment();
    }
}
