package io.fengsui.edge.evidence;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Counts of pictures. Thread-safe. */
public final class EvidenceMeters {
    private final MeterRegistry registry;
    private final Counter taken;
    private final Map<LossReason, Counter> lost = new EnumMap<>(LossReason.class);

    public EvidenceMeters(MeterRegistry registry) {
        this.registry = registry;
        this.taken = Counter.builder("edge_evidence_taken_total")
                .description("Pictures stored")
                .register(registry);
        for (LossReason reason : LossReason.values()) {
            lost.put(
                    reason,
                    Counter.builder("edge_evidence_lost_total")
                            .description("Promised pictures that will never come")
                            .tag("reason", reason.label())
                            .register(registry));
        }
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

    void taken() {
        taken.increment();
    }

    /** A promised picture will never come. */
    public void lost(LossReason reason) {
        Counter counter = lost.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }
}
