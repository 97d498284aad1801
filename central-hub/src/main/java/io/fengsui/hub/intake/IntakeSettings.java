package io.fengsui.hub.intake;

import io.fengsui.settings.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How edges are taken in.
 *
 * @param heartbeat how often an edge is to say that it lives
 * @param silence an edge that is quiet for this long is cut off
 * @param windowBytes unacknowledged bytes a lane may have on its way
 * @param token what an edge must show; null: only edges on this machine are served
 */
public record IntakeSettings(
        Duration heartbeat,
        Duration silence,
        long windowBytes,
        @Nullable Secret token) {
    public static final long WINDOW_BYTES = 4L << 20;

    public IntakeSettings {
        if (heartbeat.toMillis() < 100 || silence.compareTo(heartbeat) <= 0) {
            throw new IllegalArgumentException(
                    "silence (" + silence + ") must be longer than the heartbeat (" + heartbeat + ")");
        }
    }
}
