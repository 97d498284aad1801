package io.fengsui.hub.store;

import java.time.Duration;

/**
 * For how long rows are kept.
 *
 * @param journal inputs, from which tickets could be made again
 * @param changes what a live stream that was away can still be told
 * @param events events and incidents that are over and have no ticket that is open
 * @param audit who did and saw what
 */
public record KeepSettings(Duration journal, Duration changes, Duration events, Duration audit) {
    public static final KeepSettings DEFAULT =
            new KeepSettings(Duration.ofDays(90), Duration.ofDays(3), Duration.ofDays(400), Duration.ofDays(400));

    public KeepSettings {
        for (Duration one : new Duration[] {journal, changes, events, audit}) {
            if (one.toHours() < 1) {
                throw new IllegalArgumentException("rows are kept for an hour at least, not " + one);
            }
        }
    }
}
