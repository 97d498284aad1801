package io.fengsui.edge.camera;

import java.time.Duration;
import java.util.Locale;

/** How long pictures may stay away before a camera counts as silent. Pure. */
final class StallLimit {
    /** However long a camera's GOPs are. */
    static final Duration LONGEST = Duration.ofMinutes(2);

    private static final int GOPS = 3;
    private static final int FIRST_PICTURE_FACTOR = 6;

    private StallLimit() {}

    /** Until the first picture: a camera that sends packets is given longer, its first keyframe may be far away. */
    static Duration untilFirst(boolean isSending, Duration least) {
        return isSending ? least.multipliedBy(FIRST_PICTURE_FACTOR) : least;
    }

    /** From one picture to the next, by the camera's own GOPs. */
    static Duration between(Duration gop, Duration least) {
        Duration gops = gop.multipliedBy(GOPS);
        Duration capped = gops.compareTo(LONGEST) > 0 ? LONGEST : gops;
        return capped.compareTo(least) > 0 ? capped : least;
    }

    /** What is said of pictures that stayed away for so long: tenths of a second below ten seconds, and never none. */
    static String inWords(Duration away) {
        double seconds = Math.max(0.1, away.toMillis() / 1e3);
        return String.format(Locale.ROOT, seconds < 10 ? "no picture for %.1f s" : "no picture for %.0f s", seconds);
    }
}
