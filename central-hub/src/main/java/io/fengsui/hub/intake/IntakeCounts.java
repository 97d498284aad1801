package io.fengsui.hub.intake;

import io.fengsui.protocol.link.Refusal;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What intake has done since the hub was started; read by {@code ops}. Thread-safe. */
public final class IntakeCounts {
    private final LongAdder records = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final LongAdder evidence = new LongAdder();
    private final LongAdder evidenceBytes = new LongAdder();
    private final LongAdder damaged = new LongAdder();
    private final LongAdder turnedAway = new LongAdder();
    private final Map<Refusal.Cause, LongAdder> refusals = new EnumMap<>(Refusal.Cause.class);

    public IntakeCounts() {
        for (Refusal.Cause cause : Refusal.Cause.values()) {
            refusals.put(cause, new LongAdder());
        }
    }

    void took(int fresh, int known) {
        records.add(fresh);
        repeated.add(known);
    }

    void tookEvidence(long bytes) {
        evidence.increment();
        evidenceBytes.add(bytes);
    }

    void damaged() {
        damaged.increment();
    }

    void turnedAway() {
        turnedAway.increment();
    }

    void refused(Refusal.Cause cause) {
        LongAdder adder = refusals.get(cause);
        if (adder != null) {
            adder.increment();
        }
    }

    /** Records that were new. */
    public long records() {
        return records.sum();
    }

    /** Records that were known already. */
    public long repeatedRecords() {
        return repeated.sum();
    }

    /** Messages whose checksum was wrong. */
    public long damagedMessages() {
        return damaged.sum();
    }

    /** Calls without the token that is wanted. */
    public long turnedAwayCalls() {
        return turnedAway.sum();
    }

    public long evidenceFiles() {
        return evidence.sum();
    }

    public long evidenceBytes() {
        return evidenceBytes.sum();
    }

    /** Edges refused or cut off, for this cause. */
    public long refusals(Refusal.Cause cause) {
        LongAdder adder = refusals.get(cause);
        return adder == null ? 0 : adder.sum();
    }
}
