package io.fengsui.edge.decide;

import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.decide.event.Slot.StateChange;
import io.fengsui.edge.sensor.SensorMessage.QuarantinedPayload;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.value.Moment;
import java.util.ArrayList;
import java.util.List;

/** One slot in the making. Confined. */
final class Draft {
    final List<Event> events = new ArrayList<>();
    final List<StateChange> changes = new ArrayList<>();
    final List<QuarantinedPayload> quarantined = new ArrayList<>();
    final List<Runnable> afterCommit = new ArrayList<>();

    boolean isEmpty() {
        return events.isEmpty() && changes.isEmpty() && quarantined.isEmpty() && afterCommit.isEmpty();
    }

    Slot slot(Moment now) {
        return new Slot(events, changes, quarantined, afterCommit, now.steadyNanos());
    }
}
