package io.fengsui.edge.spool.store;

import io.fengsui.protocol.EventId;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.value.Sha256;
import java.time.Instant;
import java.util.UUID;

/**
 * What became of one promised picture.
 *
 * @param lane of its event
 * @param sequence of the record that promised it, or told that it is ready
 * @param sha256 {@link Sha256#NONE} until taken
 */
public record EvidenceRow(
        UUID id,
        EventId event,
        Lane lane,
        long sequence,
        State state,
        String mediaType,
        Sha256 sha256,
        long size,
        Instant updated) {

    /** Ends as delivered, or lost with a reason. */
    public enum State {
        /** Promised by an event on disk. */
        PENDING,
        /** The file is on disk; no event says so yet. */
        TAKEN,
        /** An event on disk says that it is ready. */
        READY,
        /** The hub has it. */
        DELIVERED,
        /** It will never come. */
        LOST
    }
}
