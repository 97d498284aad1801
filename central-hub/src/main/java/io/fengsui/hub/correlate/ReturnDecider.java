package io.fengsui.hub.correlate;

import io.fengsui.protocol.Phase;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decides whether an event is news of a ticket of its key, or something that the ticket never stood for. Pure. */
final class ReturnDecider {
    private ReturnDecider() {}

    /**
     * What the writer of tickets hears.
     *
     * @param isFirst of this event for the first time
     * @param isWorse of something more severe than its incident has ever been
     */
    record News(boolean isFirst, boolean isWorse) {
        static News of(Correlation correlation) {
            Incident was = correlation.was();
            return new News(
                    correlation.reason().isFirst(),
                    was != null
                            && !was.severity()
                                    .isAtLeast(correlation.event().event().severity()));
        }
    }

    /**
     * Compares to the millisecond, as times are stored.
     *
     * @param news whether the writer of tickets hears of this event for the first time now, or of a revision
     * @param done when the ticket was done; null while somebody works on it
     * @param window for so long what begins again counts as the same come back
     */
    static ReturnReason decide(EventState event, News news, @Nullable Instant done, Duration window) {
        if (done == null) {
            return ReturnReason.WORKED_ON;
        }
        if (event.isAnswer()) {
            return ReturnReason.ANSWER;
        }
        // What is told now was not known at the end, though its edge's writer may have had it by then. Revisions go by
        // the
        // hub's own clock: an edge's may be set between two of them, and the beginning moves with it.
        if (!news.isFirst() && event.times().received().toEpochMilli() <= done.toEpochMilli()) {
            return news.isWorse() && event.event().phase() != Phase.ENDED
                    ? ReturnReason.WORSE
                    : ReturnReason.HEARD_BEFORE;
        }
        long began = event.times().occurred().toEpochMilli();
        if (began <= done.toEpochMilli()) {
            return event.event().phase() == Phase.ENDED ? ReturnReason.OVER : ReturnReason.TOLD_AFTER;
        }
        return began <= done.plus(window).toEpochMilli() ? ReturnReason.RETURNED : ReturnReason.LONG_DONE;
    }
}
