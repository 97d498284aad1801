package io.fengsui.edge.vision;

import java.time.Duration;
import java.util.Optional;

/**
 * How a camera stands with the workers: how many of them ended in a row while they had its pictures, and what follows from
 * that. Pure.
 *
 * <pre>
 *            one more, the third         its wait passes
 * ACCUSED ──────────────────────► LEFT_OUT ─────────────► ON_TRIAL ◄─┐ looked at, and no
 *  ▲ ▲ │                             ▲ one more              │ │ │ └─┘ picture came of it
 *  │ │ └─a picture was─► SPARED ◄────┼──a picture was decoded┘ │ │
 *  │ │   decoded        │    └─HEALTHY passes─► no charge      │ │
 *  │ └────one more──────┘            └─────────────────────────┘ │
 *  └──────────────────────────── nothing came in TRIAL ──────────┘
 * ACCUSED, never left out ──a picture was decoded──► no charge; none that shows less than what ended the workers
 * LEFT_OUT ──another model, or another entry of the camera──► ON_TRIAL
 * LEFT_OUT ──it sends another stream──► LEFT_OUT for the first wait
 * </pre>
 *
 * <p>Each wait is twice as long as the one before, up to {@link #LONGEST}: a camera that never mends would end a worker every ten
 * minutes for ever. They begin anew when it was looked at for {@link #HEALTHY} and ended none, or when what may be to blame has changed.
 *
 * @param hardest what the workers were at
 * @param deaths in a row
 * @param waits it was left out so many times and never sound since
 * @param stream what it sent, by its parameter sets
 * @param sinceNanos of the stage, steady clock
 */
record Charge(Stage stage, Work hardest, int deaths, int waits, long stream, long sinceNanos) {
    /** Deaths in a row that lead to quarantine. */
    static final int LIMIT = 3;

    /** How long a camera is left out the first time; then it has one more try. */
    static final Duration QUARANTINE = Duration.ofMinutes(10);

    /** No wait is longer. */
    static final Duration LONGEST = Duration.ofHours(4);

    /** Who has ended no worker for so long is as any other. */
    static final Duration HEALTHY = Duration.ofHours(1);

    /** How long a picture for that try may take to come; a camera at which nobody looks is no longer told to be blind then. */
    static final Duration TRIAL = Duration.ofMinutes(1);

    enum Stage {
        /** Looked at as any other. */
        ACCUSED,
        /** Not looked at. */
        LEFT_OUT,
        /** Its next picture shows whether it is left out again. */
        ON_TRIAL,
        /** Looked at as any other, and left out for longer than the last time if it ends workers soon. */
        SPARED
    }

    /** What a worker has to do with a camera's pictures, the harder last: who did the one may end over the other. */
    enum Work {
        /** Decode some, and make a small or a stored picture of the newest. */
        PICTURE,
        /** Follow the camera, with the detector. */
        DETECTION
    }

    static Charge first(Work work, long stream, long nowNanos) {
        return new Charge(Stage.ACCUSED, work, 1, 0, stream, nowNanos);
    }

    /** One more worker ended while it had its pictures. */
    Charge oneMore(Work work, long stream, long nowNanos) {
        if (stage == Stage.SPARED) {
            return new Charge(Stage.ACCUSED, work, 1, waitsOf(stream), stream, nowNanos);
        }
        int now = deaths + 1;
        Work harder = work.compareTo(hardest) > 0 ? work : hardest;
        if (now < LIMIT) {
            return new Charge(Stage.ACCUSED, harder, now, waitsOf(stream), stream, nowNanos);
        }
        int next = stage == Stage.LEFT_OUT ? waits : waitsOf(stream) + 1;
        return new Charge(Stage.LEFT_OUT, harder, now, next, stream, nowNanos);
    }

    private int waitsOf(long other) {
        return other == stream ? waits : 0;
    }

    /** A worker did that and lives; empty when nothing is left of the charge. */
    Optional<Charge> survived(Work work, boolean isDecoded, long nowNanos) {
        if (work.compareTo(hardest) < 0) {
            return Optional.of(this);
        }
        return switch (stage) {
            case ACCUSED -> spared(nowNanos);
            case LEFT_OUT -> isDecoded ? spared(nowNanos) : Optional.of(this);
            case ON_TRIAL -> isDecoded ? spared(nowNanos) : Optional.of(onTrial(nowNanos));
            case SPARED -> Optional.of(this);
        };
    }

    private Optional<Charge> spared(long nowNanos) {
        return waits == 0
                ? Optional.empty()
                : Optional.of(new Charge(Stage.SPARED, hardest, 0, waits, stream, nowNanos));
    }

    /** Something else may be to blame, or was mended: what counted until now counts no more, but for one try. */
    Optional<Charge> reopened(long nowNanos) {
        return switch (stage) {
            case ACCUSED, SPARED -> Optional.empty();
            case LEFT_OUT, ON_TRIAL -> Optional.of(new Charge(Stage.ON_TRIAL, hardest, deaths, 0, stream, nowNanos));
        };
    }

    /**
     * It is left out, and sends this: what is not what ended the workers has waited long enough after the first wait. Not sooner,
     * or a camera whose parameter sets come and go would end one worker after the other.
     */
    Charge sending(long other) {
        return stage == Stage.LEFT_OUT && other != stream
                ? new Charge(stage, hardest, deaths, Math.min(waits, 1), other, sinceNanos)
                : this;
    }

    private Charge onTrial(long nowNanos) {
        return new Charge(Stage.ON_TRIAL, hardest, deaths, waits, stream, nowNanos);
    }

    /** Time passes. */
    Charge at(long nowNanos) {
        return switch (stage) {
            case ACCUSED -> this;
            case LEFT_OUT ->
                isOver(quarantine(), nowNanos) ? onTrial(after(quarantine())).at(nowNanos) : this;
            case ON_TRIAL ->
                isOver(TRIAL, nowNanos)
                        ? new Charge(Stage.ACCUSED, hardest, deaths, waits, stream, after(TRIAL))
                        : this;
            case SPARED ->
                isOver(HEALTHY, nowNanos) ? new Charge(Stage.SPARED, hardest, 0, 0, stream, sinceNanos) : this;
        };
    }

    private boolean isOver(Duration stay, long nowNanos) {
        return nowNanos - after(stay) >= 0;
    }

    private long after(Duration stay) {
        return sinceNanos + stay.toNanos();
    }

    /** How long it is left out this time. */
    Duration quarantine() {
        int doublings = Math.clamp(waits - 1L, 0, Long.SIZE / 2);
        long nanos = QUARANTINE.toNanos();
        for (int i = 0; i < doublings && nanos < LONGEST.toNanos(); i++) {
            nanos *= 2;
        }
        return Duration.ofNanos(Math.min(nanos, LONGEST.toNanos()));
    }

    /** Whether it is as any other camera again. */
    boolean isForgotten() {
        return stage == Stage.SPARED && waits == 0;
    }

    /** Whether nobody can say that the camera is looked at. */
    boolean isBlind() {
        return switch (stage) {
            case ACCUSED, SPARED -> false;
            case LEFT_OUT, ON_TRIAL -> true;
        };
    }

    /** Until when it is left out; not after now when it is on trial. */
    long untilNanos() {
        return switch (stage) {
            case LEFT_OUT -> after(quarantine());
            case ACCUSED, ON_TRIAL, SPARED -> sinceNanos;
        };
    }
}
