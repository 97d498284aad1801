package io.fengsui.edge.vision;

import java.time.Duration;
import java.util.Optional;

/**
 * How a camera stands with the workers: how many of them ended in a row while they had its pictures, and what follows from
 * that. Pure.
 *
 * <pre>
 *            one more, the third         QUARANTINE passes
 * ACCUSED ──────────────────────► LEFT_OUT ─────────────► ON_TRIAL ◄─┐ looked at, and no
 *    ▲                               ▲ one more              │ │ └───┘ picture came of it
 *    │                               └───────────────────────┘ │
 *    └──────────────────────────── nothing came in TRIAL ──────┘
 * any of them ──a picture was decoded──► no charge; none that shows less than what ended the workers
 * LEFT_OUT ──another model, or another entry of the camera──► ON_TRIAL
 * </pre>
 *
 * @param hardest what the workers were at
 * @param deaths in a row
 * @param sinceNanos of the stage, steady clock
 */
record Charge(Stage stage, Work hardest, int deaths, long sinceNanos) {
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

    /** What a worker has to do with a camera's pictures, the harder last: who did the one may end over the other. */
    enum Work {
        /** Decode some, and make a small or a stored picture of the newest. */
        PICTURE,
        /** Follow the camera, with the detector. */
        DETECTION
    }

    static Charge first(Work work, long nowNanos) {
        return new Charge(Stage.ACCUSED, work, 1, nowNanos);
    }

    /** One more worker ended while it had its pictures. */
    Charge oneMore(Work work, long nowNanos) {
        int now = deaths + 1;
        Work harder = work.compareTo(hardest) > 0 ? work : hardest;
        return new Charge(now >= LIMIT ? Stage.LEFT_OUT : Stage.ACCUSED, harder, now, nowNanos);
    }

    /** A worker did that and lives; empty when nothing is left of the charge. */
    Optional<Charge> survived(Work work, boolean isDecoded, long nowNanos) {
        if (work.compareTo(hardest) < 0) {
            return Optional.of(this);
        }
        if (isDecoded) {
            return Optional.empty();
        }
        return switch (stage) {
            case ACCUSED -> Optional.empty();
            case LEFT_OUT -> Optional.of(this);
            case ON_TRIAL -> Optional.of(onTrial(nowNanos));
        };
    }

    /** Something else may be to blame, or was mended: what counted until now counts no more, but for one try. */
    Optional<Charge> reopened(long nowNanos) {
        return switch (stage) {
            case ACCUSED -> Optional.empty();
            case LEFT_OUT, ON_TRIAL -> Optional.of(onTrial(nowNanos));
        };
    }

    private Charge onTrial(long nowNanos) {
        return new Charge(Stage.ON_TRIAL, hardest, deaths, nowNanos);
    }

    /** Time passes. */
    Charge at(long nowNanos) {
        return switch (stage) {
            case ACCUSED -> this;
            case LEFT_OUT -> {
                long over = sinceNanos + QUARANTINE.toNanos();
                yield nowNanos - over >= 0 ? onTrial(over).at(nowNanos) : this;
            }
            case ON_TRIAL -> {
                long over = sinceNanos + TRIAL.toNanos();
                yield nowNanos - over >= 0 ? new Charge(Stage.ACCUSED, hardest, deaths, over) : this;
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
