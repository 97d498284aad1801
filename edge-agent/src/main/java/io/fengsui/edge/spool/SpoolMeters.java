package io.fengsui.edge.spool;

import io.fengsui.edge.spool.room.SpoolStats;
import io.fengsui.protocol.Lane;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Shows the spool's state as metrics. Any thread. */
public final class SpoolMeters {
    private final Spool spool;
    private final MeterRegistry meters;

    private SpoolMeters(Spool spool, MeterRegistry meters) {
        this.spool = spool;
        this.meters = meters;
    }

    /** Registers the meters of a spool. */
    public static void register(Spool spool, MeterRegistry meters) {
        SpoolMeters made = new SpoolMeters(spool, meters);
        for (Lane lane : Lane.values()) {
            made.lane(lane);
        }
        made.room();
        made.losses();
    }

    private void lane(Lane lane) {
        String label = lane.name().toLowerCase(Locale.ROOT);
        gauge(
                "edge_spool_depth_records",
                "Committed records that the hub has not acknowledged",
                label,
                s -> s.lane(lane).depth());
        gauge(
                "edge_spool_size_bytes",
                "Bytes of all records held, acknowledged ones with them",
                label,
                s -> s.lane(lane).bytes());
        gauge(
                "edge_spool_oldest_age_seconds",
                "Age of the oldest record that the hub has not acknowledged",
                label,
                s -> seconds(s.lane(lane).oldestAge()));
    }

    private void room() {
        gauge(
                "edge_spool_open",
                "0 while the disk has taken nothing since the agent started, or the file is still being checked:"
                        + " urgent events go out from memory",
                s -> s.isOpen() ? 1 : 0);
        gauge(
                "edge_spool_healthy",
                "0 from a failed write until the store was reopened and verified",
                s -> s.isHealthy() ? 1 : 0);
        gauge("edge_spool_held_slots", "Slots held in memory that wait for a working store", SpoolStats::heldSlots);
        gauge(
                "edge_spool_room_bytes",
                "Bytes that fit before something that waits is given up",
                s -> s.room().bytes());
        gauge(
                "edge_spool_ballast_bytes",
                "Bytes in reserve for a disk that others fill",
                s -> s.room().ballastBytes());
        gauge(
                "edge_spool_disk_short",
                "1 while others have filled the disk",
                s -> s.room().isDiskShort() ? 1 : 0);
        gauge(
                "edge_spool_left_seconds",
                "How long the room lasts at the present rate if the hub takes nothing; NaN when nothing comes in",
                s -> secondsOrNaN(s.timeLeft()));
        gauge(
                "edge_spool_drain_seconds",
                "How long until the hub has all at the present rate; NaN when it does not catch up",
                s -> secondsOrNaN(s.timeToDrain()));
    }

    private void losses() {
        counter("edge_spool_failures_total", "Transactions that failed", SpoolStats.Losses::failures);
        counter(
                "edge_spool_evicted_records_total",
                "Records replaced by tombstones for want of room",
                SpoolStats.Losses::evicted);
        counter(
                "edge_spool_merged_records_total",
                "Records replaced by tombstones because a later revision says it all",
                SpoolStats.Losses::merged);
        counter(
                "edge_spool_refused_events_total",
                "Events that found no place in memory while nothing could be written, or that could not be encoded or written while"
                        + " others could",
                SpoolStats.Losses::refused);
        counter(
                "edge_spool_damaged_records_total",
                "Records found damaged and replaced by tombstones, and rows of open events that nothing could mend",
                SpoolStats.Losses::damaged);
        counter(
                "edge_spool_quarantine_dropped_total",
                "Oldest quarantined payloads dropped because the quarantine was full",
                SpoolStats.Losses::quarantineDropped);
    }

    private void gauge(String name, String description, String lane, ToDoubleFunction<SpoolStats> figure) {
        Gauge.builder(name, spool, s -> figure.applyAsDouble(s.stats()))
                .description(description)
                .tag("lane", lane)
                .register(meters);
    }

    private void gauge(String name, String description, ToDoubleFunction<SpoolStats> figure) {
        Gauge.builder(name, spool, s -> figure.applyAsDouble(s.stats()))
                .description(description)
                .register(meters);
    }

    private void counter(String name, String description, ToDoubleFunction<SpoolStats.Losses> figure) {
        FunctionCounter.builder(name, spool, s -> figure.applyAsDouble(s.stats().losses()))
                .description(description)
                .register(meters);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static double secondsOrNaN(Optional<Duration> duration) {
        return duration.map(SpoolMeters::seconds).orElse(Double.NaN);
    }
}
