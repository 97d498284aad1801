package io.fengsui.edge.spool.store;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import org.jspecify.annotations.Nullable;

/**
 * A record that has no position yet.
 *
 * @param importance see {@link Importance}
 * @param event the event itself, when it is one: its evidence and openness are stored beside the record
 */
@SuppressWarnings("ArrayRecordComponent") // encoded once, written as it is
public record Draft(
        Lane lane,
        String eventId,
        int revision,
        String kind,
        int importance,
        byte[] body,
        @Nullable Event event) {

    /** An event, encoded here. */
    public static Draft of(Event event) {
        return new Draft(
                event.lane(),
                event.id().toString(),
                event.revision(),
                event.kind().value(),
                Importance.of(event.severity()),
                Bodies.encode(event),
                event);
    }
}
