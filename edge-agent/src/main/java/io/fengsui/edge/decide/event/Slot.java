package io.fengsui.edge.decide.event;

import io.fengsui.edge.sensor.SensorMessage;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import java.util.List;

/**
 * One unit of durability: what came in, the events it caused and the change of rule state commit together or not at all.
 *
 * @param events revisions to be spooled, in order
 * @param stateChanges rule state to be stored under its key
 * @param quarantined payloads to be kept for people
 * @param afterCommit run on the spool's thread after the commit: MQTT acknowledgements
 * @param decidedNanos steady clock when it was decided
 */
public record Slot(
        List<Event> events,
        List<StateChange> stateChanges,
        List<SensorMessage.QuarantinedPayload> quarantined,
        List<Runnable> afterCommit,
        long decidedNanos) {

    /** New bytes of the state kept under a key; empty bytes delete it. */
    @SuppressWarnings("ArrayRecordComponent") // written as they are; never compared
    public record StateChange(String key, byte[] value) {}

    public Slot {
        events = List.copyOf(events);
        stateChanges = List.copyOf(stateChanges);
        quarantined = List.copyOf(quarantined);
        afterCommit = List.copyOf(afterCommit);
    }

    /** Whether this slot must not be dropped: it carries an urgent event or an input that someone waits for. */
    public boolean isUrgent() {
        return !afterCommit.isEmpty() || events.stream().anyMatch(event -> event.lane() == Lane.URGENT);
    }
}
