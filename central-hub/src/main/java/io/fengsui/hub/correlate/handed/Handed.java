package io.fengsui.hub.correlate.handed;

import io.fengsui.hub.correlate.CorrelateReason;
import io.fengsui.hub.correlate.EventState;
import io.fengsui.hub.correlate.Incident;
import io.fengsui.protocol.EvidenceLost;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the writer of an edge tells the writer of tickets. {@code heard} is when its edge said it: whether it came too late
 * does not depend on when it is taken over.
 */
sealed interface Handed {
    /**
     * News of an incident.
     *
     * @param isNew whether the incident was not there before
     * @param offset how far the edge's clock is ahead of the hub's
     * @param earlier incidents of its key for which a ticket may stand, newest first; of one that is new
     */
    record News(
            Instant heard,
            CorrelateReason reason,
            boolean isNew,
            Duration offset,
            EventState event,
            Incident incident,
            List<String> earlier)
            implements Handed {}

    /**
     * An incident has waited for its ticket; found by the writer of tickets itself.
     *
     * @param earlier the newest incidents of its key without it, newest first
     */
    record Waited(Duration offset, EventState event, Incident incident, List<String> earlier) implements Handed {}

    /** The event's edge fell silent, or was heard of again. */
    record Confirmation(Instant heard, EventState event, Incident incident) implements Handed {}

    record PictureLost(EvidenceLost lost) implements Handed {}
}
