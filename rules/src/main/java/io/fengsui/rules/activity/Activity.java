package io.fengsui.rules.activity;

import java.time.Instant;
import java.util.Optional;

/**
 * The answer for one camera.
 *
 * @param watchedShare of the window, 0..1
 * @param lastSeen within the window
 */
public record Activity(String camera, String zone, double watchedShare, Optional<Instant> lastSeen) {
    /** Names the picture that is kept of it. */
    public String pictureName() {
        return pictureName(camera, zone);
    }

    public static String pictureName(String camera, String zone) {
        return camera + (zone.isEmpty() ? "" : "@" + zone);
    }
}
