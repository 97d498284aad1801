package io.fengsui.edge.spool.store;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import org.jspecify.annotations.Nullable;

/**
 * A record that has no position yet.
 *
 * @param event the event itself, when it is one: its evidence and openness are stored beside the record
 */
@SuppressWarnings("ArrayRecordComponent") // encoded once, written as it is
public record Draft(
        Lane lane,
        String eventId,
        int revision,
        String kind,
        byte[] body,
        @Nullable Event event) {}
