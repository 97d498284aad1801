package io.fengsui.edge.spool;

import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.spool.store.Bodies;
import io.fengsui.edge.spool.store.Draft;
import io.fengsui.edge.spool.store.SpoolWriter;
import io.fengsui.protocol.Event;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Slots taken and not yet known to be on disk, their events encoded. Bounded by count and bytes; a full batch refuses the
 * newest. Confined to {@code ring-spool}.
 */
final class HeldBatch {
    private static final long MOST_BYTES = 32L << 20;

    private record Held(Slot slot, List<Draft> drafts) {}

    private final int mostSlots;
    private final List<Held> held = new ArrayList<>();
    private long bytes;
    private int attempted;

    HeldBatch(int mostSlots) {
        this.mostSlots = mostSlots;
    }

    boolean isFull() {
        return held.size() >= mostSlots || bytes >= MOST_BYTES;
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    int size() {
        return held.size();
    }

    long bytes() {
        return bytes;
    }

    /** Encodes the slot's events; throws when one of them cannot be, and then holds nothing of the slot. */
    void add(Slot slot) {
        List<Draft> drafts = new ArrayList<>(slot.events().size());
        long added = 0;
        for (Event event : slot.events()) {
            byte[] body = Bodies.encode(event);
            drafts.add(new Draft(
                    event.lane(),
                    event.id().toString(),
                    event.revision(),
                    event.kind().value(),
                    body,
                    event));
            added += body.length;
        }
        for (Slot.StateChange change : slot.stateChanges()) {
            added += change.value().length;
        }
        held.add(new Held(slot, drafts));
        bytes += added;
    }

    void writeTo(SpoolWriter writer) throws SQLException {
        attempted = held.size();
        for (Held one : held) {
            for (Draft draft : one.drafts()) {
                writer.append(draft);
            }
            for (Slot.StateChange change : one.slot().stateChanges()) {
                writer.change(change);
            }
            for (var payload : one.slot().quarantined()) {
                writer.quarantine(payload);
            }
        }
    }

    /** The last attempt is on disk: gives its events and forgets its slots. */
    List<Event> committed() {
        List<Held> done = held.subList(0, attempted);
        List<Event> events = new ArrayList<>();
        done.forEach(one -> events.addAll(one.slot().events()));
        done.clear();
        attempted = 0;
        bytes = 0;
        for (Held one : held) {
            one.drafts().forEach(draft -> bytes += draft.body().length);
        }
        return events;
    }
}
