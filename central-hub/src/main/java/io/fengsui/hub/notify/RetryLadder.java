package io.fengsui.hub.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pauses between tries, 30 s to 24 h, each a little longer by the message's id so that not all come at once. Pure. */
final class RetryLadder {
    static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(8),
            Duration.ofHours(24));

    private static final int MOST_PERCENT_MORE = 10;

    private RetryLadder() {}

    /** When to try again after the try of this rung; null when that was the last. */
    static @Nullable Instant next(String id, int rung, Instant now) {
        if (rung >= PAUSES.size()) {
            return null;
        }
        Duration pause = PAUSES.get(rung);
        int percent = Math.floorMod(id.hashCode() + rung, MOST_PERCENT_MORE + 1);
        return now.plus(pause).plus(pause.multipliedBy(percent).dividedBy(100));
    }
}
