package io.fengsui.edge.camera;

import java.time.Duration;

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
}
