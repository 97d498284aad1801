package io.fengsui.edge.spool;

import io.fengsui.protocol.Lane;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;

/** Shows the spool's state as metrics. Any thread. */
public final class SpoolMeters {
    private SpoolMeters() {}

    /** Registers the meters of a spool. */
    public static void register(Spool spool, MeterRegistry meters) {
        for (Lane lane : Lane.values()) {
            String label = lane.name().toLowerCase(Locale.ROOT);
            Gauge.builder(
                            "edge_spool_depth_records",
                            spool,
                            s -> s.stats().lane(lane).depth())
                    .description("Committed records that the hub has not acknowledged")
                    .tag("lane", label)
                    .register(meters);
            Gauge.builder(
                            "edge_spool_size_bytes",
                            spool,
                            s -> s.stats().lane(lane).bytes())
                    .description("Bytes of all records held, acknowledged ones with them")
                    .tag("lane", label)
                    .register(meters);
            Gauge.builder(
                            "edge_spool_oldest_age_seconds",
                            spool,
                            s -> seconds(s.stats().lane(lane).oldestAge()))
                    .description("Age of the oldest record that the hub has not acknowledged")
                    .tag("lane", label)
                    .register(meters);
        }
        Gauge.builder("edge_spool_healthy", spool, s -> s.stats().isHealthy() ? 1 : 0)
                .description("0 from a failed write until the store was reopened and verified")
                .register(meters);
        Gauge.builder("edge_spool_held_slots", spool, s -> s.stats().heldSlots())
                .description("Slots held in memory that wait for a working store")
                .register(meters);
        FunctionCounter.builder(
                        "edge_spool_failures_total", spool, s -> s.stats().failures())
                .description("Transactions that failed")
                .register(meters);
        FunctionCounter.builder(
                        "edge_spool_evicted_records_total",
                        spool,
                        s -> s.stats().evicted())
                .description("Bulk records replaced by tombstones for want of room")
                .register(meters);
        FunctionCounter.builder(
                        "edge_spool_quarantine_dropped_total",
                        spool,
                        s -> s.stats().quarantineDropped())
                .description("Oldest quarantined payloads dropped because the quarantine was full")
                .register(meters);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
