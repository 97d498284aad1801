package io.fengsui.hub.correlate;

import io.fengsui.protocol.Phase;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decides whether an event is news of a ticket of its key, or something that the ticket never stood for. Pure. */
final class ReturnDecider {
    private ReturnDecider() {}

    /**
     * Compares to the millisecond, as times are stored.
     *
     * @param isFirst whether the writer of tickets hears of this event for the first time now; a revision otherwise
     * @param ticket when the ticket was done, and how severe it, or its part in it, was then; null while somebody works on it
     * @param window for so long what begins again counts as the same come back
     */
    static ReturnReason decide(EventState event, boolean isFirst, Returning.@Nullable Done ticket, Duration window) {
        if (ticket == null) {
            return ReturnReason.WORKED_ON;
        }
        Instant done = ticket.at();
        if (event.isAnswer()) {
            return ReturnReason.ANSWER;
        }
        // What is told first now was not known at the end, though its edge's writer may have had it by then.
        // Revisions go by the hub's own clock: an edge's may be set between two of them.
        if (!isFirst && event.times().received().toEpochMilli() <= done.toEpochMilli()) {
            boolean isWorse = !ticket.severity().isAtLeast(event.event().severity());
            return isWorse && event.event().phase() != Phase.ENDED ? ReturnReason.WORSE : ReturnReason.HEARD_BEFORE;
        }
        long began = event.times().occurred().toEpochMilli();
        if (began <= done.toEpochMilli()) {
            return event.event().phase() == Phase.ENDED ? ReturnReason.OVER : ReturnReason.TOLD_AFTER;
        }
        return began <= done.plus(window).toEpochMilli() ? ReturnReason.RETURNED : ReturnReason.LONG_DONE;
    }
}
