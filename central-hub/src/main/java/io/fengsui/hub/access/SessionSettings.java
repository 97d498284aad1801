package io.fengsui.hub.access;

import java.time.Duration;

/**
 * When people have to sign in again.
 *
 * @param idle after so long without a request
 * @param longest after so long in any case
 */
public record SessionSettings(Duration idle, Duration longest) {
    public static final SessionSettings DEFAULT = new SessionSettings(Duration.ofHours(12), Duration.ofDays(7));

    public SessionSettings {
        if (idle.compareTo(Duration.ofMinutes(15)) < 0 || longest.compareTo(idle) < 0) {
            throw new IllegalArgumentException("a session goes on for 15 minutes, and for its idle time at least");
        }
    }
}
