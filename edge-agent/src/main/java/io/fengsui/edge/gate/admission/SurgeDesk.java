package io.fengsui.edge.gate.admission;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The surge watch of a box, asked by the event loops of all its cameras. Thread-safe, without a lock. */
public final class SurgeDesk {
    private static final Logger LOG = LoggerFactory.getLogger(SurgeDesk.class);

    private final IntSupplier cameras;
    private final AtomicReference<SurgeWatch.State> state = new AtomicReference<>(SurgeWatch.State.CALM);

    public SurgeDesk(IntSupplier cameras) {
        this.cameras = cameras;
    }

    /** Whether many cameras are active at once; asks for nothing. */
    public boolean isOn(long now) {
        return Objects.requireNonNull(state.get()).isOn(now);
    }

    /** A sleeping camera is active. */
    public Surge onActive(boolean isNew, long now) {
        while (true) {
            SurgeWatch.State before = Objects.requireNonNull(state.get());
            SurgeWatch.Decision decision = SurgeWatch.onActive(before, isNew, cameras.getAsInt(), now);
            if (state.compareAndSet(before, decision.next())) {
                if (decision.next().isOn() && !before.isOn()) {
                    LOG.info("many cameras are active at once, a small picture of each is looked at first");
                }
                return decision.surge();
            }
        }
    }
}
