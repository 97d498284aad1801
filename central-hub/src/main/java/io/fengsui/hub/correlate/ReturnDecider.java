package io.fengsui.hub.correlate;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decides whether an event is news of a ticket of its key, or began when that was done. Pure. */
final class ReturnDecider {
    private ReturnDecider() {}

    /**
     * Compares to the millisecond, as times are stored.
     *
     * @param done when the ticket was done; null while somebody works on it
     * @param window for so long what begins again counts as the same come back
     */
    static ReturnReason decide(EventState event, @Nullable Instant done, Duration window) {
        if (done == null) {
            return ReturnReason.WORKED_ON;
        }
        if (event.isAnswer()) {
            return ReturnReason.ANSWER;
        }
        // By the hub's own clock: an edge's clock may be set between two revisions, and the beginning moves with it.
        if (event.times().received().toEpochMilli() <= done.toEpochMilli()) {
            return ReturnReason.HEARD_BEFORE;
        }
        long began = event.times().occurred().toEpochMilli();
        if (began <= done.toEpochMilli()) {
            return ReturnReason.BEGAN_BEFORE;
        }
        return began <= done.plus(window).toEpochMilli() ? ReturnReason.RETURNED : ReturnReason.LONG_DONE;
    }
}
