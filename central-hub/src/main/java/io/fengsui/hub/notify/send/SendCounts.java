package io.fengsui.hub.notify.send;

import io.fengsui.hub.notify.TryOutcome;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What was sent since the hub was started. Thread-safe. */
public final class SendCounts {
    private final LongAdder delivered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder refused = new LongAdder();
    final AtomicInteger underWay = new AtomicInteger();

    void count(TryOutcome outcome) {
        adder(outcome).increment();
    }

    private LongAdder adder(TryOutcome outcome) {
        return switch (outcome) {
            case DELIVERED -> delivered;
            case FAILED -> failed;
            case REFUSED -> refused;
        };
    }

    public long tries(TryOutcome outcome) {
        return adder(outcome).sum();
    }

    /** Messages that are being sent now. */
    public int underWay() {
        return underWay.get();
    }
}
