package io.fengsui.edge.evidence;

import io.fengsui.edge.meter.LabelledCounters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.LongSupplier;

/** Counts of pictures. Thread-safe. */
public final class EvidenceMeters {
    private final MeterRegistry registry;
    private final Counter taken;
    private final Counter failures;
    private final LabelledCounters<LossReason> lost;

    public EvidenceMeters(MeterRegistry registry) {
        this.registry = registry;
        this.taken = Counter.builder("edge_evidence_taken_total")
                .description("Pictures stored")
                .register(registry);
        this.failures = Counter.builder("edge_evidence_failures_total")
                .description("Exceptions kept from ending the thread that takes pictures")
                .register(registry);
        this.lost = new LabelledCounters<>(
                registry,
                LossReason.class,
                "edge_evidence_lost_total",
                "Promised pictures that will never come",
                "reason");
    }

    void watch(LongSupplier queued, LongSupplier bytes) {
        Gauge.builder("edge_evidence_queue_depth", queued, LongSupplier::getAsLong)
                .description("Pictures asked for and not yet taken")
                .strongReference(true)
                .register(registry);
        Gauge.builder("edge_evidence_size_bytes", bytes, LongSupplier::getAsLong)
                .description("Bytes of all stored pictures")
                .strongReference(true)
                .register(registry);
    }

    void failed() {
        failures.increment();
    }

    void taken() {
        taken.increment();
    }

    /** A promised picture will never come. */
    public void lost(LossReason reason) {
        lost.increment(reason);
    }
}
