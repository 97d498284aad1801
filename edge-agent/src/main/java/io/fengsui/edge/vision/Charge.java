package io.fengsui.edge.vision;

import java.time.Duration;

/**
 * How a camera stands with the workers: how many of them ended in a row while they had its pictures, and what follows from
 * that. Pure.
 *
 * <pre>
 *            one more, the third         QUARANTINE passes
 * ACCUSED ──────────────────────► LEFT_OUT ─────────────► ON_TRIAL
 *    ▲                               ▲ one more              │ │
 *    │                               └───────────────────────┘ │
 *    └──────────────────────────── nothing came in TRIAL ──────┘
 * any of them ──a picture was decoded──► no charge
 * </pre>
 *
 * @param deaths in a row
 * @param sinceNanos of the stage, steady clock
 */
record Charge(Stage stage, int deaths, long sinceNanos) {
    /** Deaths in a row that lead to quarantine. */
    static final int LIMIT = 3;

    /** How long a camera is left out; then it has one more try. */
    static final Duration QUARANTINE = Duration.ofMinutes(10);

    /** How long a picture for that try may take to come; a camera at which nobody looks is no longer told to be blind then. */
    static final Duration TRIAL = Duration.ofMinutes(1);

    enum Stage {
        /** Looked at as any other. */
        ACCUSED,
        /** Not looked at. */
        LEFT_OUT,
        /** Its next picture shows whether it is left out again. */
        ON_TRIAL
    }

    static Charge first(long nowNanos) {
        return new Charge(Stage.ACCUSED, 1, nowNanos);
    }

    /** One more worker ended while it had its pictures. */
    Charge oneMore(long nowNanos) {
        int now = deaths + 1;
        return new Charge(now >= LIMIT ? Stage.LEFT_OUT : Stage.ACCUSED, now, nowNanos);
    }

    /** Time passes. */
    Charge at(long nowNanos) {
        return switch (stage) {
            case ACCUSED -> this;
            case LEFT_OUT -> {
                long over = sinceNanos + QUARANTINE.toNanos();
                yield nowNanos - over >= 0 ? new Charge(Stage.ON_TRIAL, deaths, over).at(nowNanos) : this;
            }
            case ON_TRIAL -> {
                long over = sinceNanos + TRIAL.toNanos();
                yield nowNanos - over >= 0 ? new Charge(Stage.ACCUSED, deaths, over) : this;
            }
        };
    }

    /** Whether nobody can say that the camera is looked at. */
    boolean isBlind() {
        return switch (stage) {
            case ACCUSED -> false;
            case LEFT_OUT, ON_TRIAL -> true;
        };
    }

    /** Until when it is left out; not after now when it is on trial. */
    long untilNanos() {
        return switch (stage) {
            case LEFT_OUT -> sinceNanos + QUARANTINE.toNanos();
            case ACCUSED, ON_TRIAL -> sinceNanos;
        };
    }
}
