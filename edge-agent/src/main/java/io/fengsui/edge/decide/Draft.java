package io.fengsui.edge.decide;

import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.decide.event.Slot.StateChange;
import io.fengsui.edge.sensor.SensorMessage.QuarantinedPayload;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.value.Moment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One slot in the making. Confined. */
final class Draft {
    final List<Event> events = new ArrayList<>();
    final List<StateChange> changes = new ArrayList<>();
    final List<QuarantinedPayload> quarantined = new ArrayList<>();
    final List<Runnable> afterCommit = new ArrayList<>();

    private static final int MOST_SUPPRESSED = 8;

    /** What was thrown first by a part of the decision; with it the first of what others threw. */
    @Nullable
    Throwable failure;

    /** A part of the decision that throws keeps nobody from the others. */
    void attempt(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | Error e) {
            if (failure == null) {
                failure = e;
            } else if (!e.equals(failure) && failure.getSuppressed().length < MOST_SUPPRESSED) {
                failure.addSuppressed(e);
            }
        }
    }

    /** Throws what was thrown. */
    void rethrow() {
        switch (failure) {
            case null -> {}
            case Error thrown -> throw thrown;
            case RuntimeException thrown -> throw thrown;
            case Throwable _ -> throw new IllegalStateException("only these are caught");
        }
    }

    boolean isEmpty() {
        return events.isEmpty() && changes.isEmpty() && quarantined.isEmpty() && afterCommit.isEmpty();
    }

    Slot slot(Moment now) {
        return new Slot(events, changes, quarantined, afterCommit, now.steadyNanos());
    }
}
