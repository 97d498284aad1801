package io.fengsui.edge.gate.admission;

import java.time.Duration;

/**
 * Recognizes that many cameras of a site became active at once, as when the street lamps go on or every camera switches to
 * infrared, and lets them be looked at one after the other. Pure; its state is that of the whole box.
 */
final class SurgeWatch {
    static final Duration WINDOW = Duration.ofSeconds(3);
    static final Duration LASTS = Duration.ofSeconds(6);
    static final int LEAST_CAMERAS = 8;
    static final double SHARE = 0.2;
    /** Looks a second while it lasts: two thirds of a core for pictures of 20 ms. */
    static final int ADMITTED_A_SECOND = 30;

    /**
     * @param opened openings in the window
     * @param untilNanos end of the surge
     * @param tokens looks that may begin now
     */
    record State(long windowNanos, int opened, boolean isOn, long untilNanos, double tokens, long tokensNanos) {
        static final State CALM = new State(0, 0, false, 0, 0, 0);

        boolean isOn(long now) {
            return isOn && now - untilNanos < 0;
        }
    }

    record Decision(Surge surge, State next) {}

    private SurgeWatch() {}

    /**
     * A sleeping camera is active.
     *
     * @param isNew whether it was not in its picture before
     */
    static Decision onActive(State before, boolean isNew, int cameras, long now) {
        boolean isSameWindow = before.opened() > 0 && now - before.windowNanos() < WINDOW.toNanos();
        long window = isSameWindow ? before.windowNanos() : now;
        int opened = (isSameWindow ? before.opened() : 0) + (isNew ? 1 : 0);
        boolean isMany = opened > Math.max(LEAST_CAMERAS, SHARE * cameras);
        boolean wasOn = before.isOn(now);
        if (!isMany && !wasOn) {
            return new Decision(Surge.NONE, new State(window, opened, false, now, ADMITTED_A_SECOND, now));
        }
        long until = isMany ? now + LASTS.toNanos() : before.untilNanos();
        double refilled = before.tokens() + ADMITTED_A_SECOND * (now - before.tokensNanos()) / 1e9;
        double tokens = wasOn ? Math.min(ADMITTED_A_SECOND, refilled) : 0;
        boolean isAdmitted = tokens >= 1;
        return new Decision(
                isAdmitted ? Surge.ADMITTED : Surge.WAITS,
                new State(window, opened, true, until, isAdmitted ? tokens - 1 : tokens, now));
    }
}
