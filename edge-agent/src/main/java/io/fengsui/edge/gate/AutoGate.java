package io.fengsui.edge.gate;

import io.fengsui.edge.gate.AutoState.Awaited;
import io.fengsui.edge.gate.AutoState.Phase;
import io.fengsui.edge.gate.luma.LumaChange;
import io.fengsui.edge.gate.size.SizeWatch.Activity;
import java.time.Duration;

/**
 * The gate of two tiers: sizes of coded pictures first, a small decoded picture second; sizes alone only where they earned
 * trust. In doubt it opens, and a sleeping camera always has a deadline for its next look. Pure.
 *
 * <pre>
 * FIRST ──seen, nothing──► SHUT ◄──────3 empty looks────── OPEN ◄─┐
 *   │                       │ ──sizes, small picture, found──►│    │ found
 *   └──seen, something───────────────────────────────────────►│    │
 *                          SHUT ◄──calm── RESTLESS ◄──empty, yet it moves
 *                          SHUT ◄──the same for a minute── OPEN
 * </pre>
 */
final class AutoGate {
    static final Duration FOLLOW = Duration.ofMillis(500);
    static final Duration FOLLOW_STEADY = Duration.ofSeconds(2);
    static final Duration RESTLESS_EVERY = Duration.ofSeconds(2);
    static final Duration CALM = Duration.ofSeconds(4);
    static final Duration LEAST_SAMPLE = Duration.ofMillis(900);
    static final Duration MOST_SAMPLE = Duration.ofMillis(2500);
    static final Duration CHECK_EVERY = Duration.ofSeconds(30);
    static final Duration PATIENCE = Duration.ofSeconds(5);
    static final int EMPTY_LOOKS = 3;
    static final int STEADY_LOOKS = 4;
    /** In place of steady looks: open, and nothing was found since. */
    static final int NOTHING_YET = -1;

    /** Looks that found the same in the same place until the camera sleeps with it in view: about a minute. */
    static final int SETTLE_LOOKS = 30;

    static final Duration SETTLED_EVERY = Duration.ofSeconds(30);
    /** Pictures come a little early or late; a look that is due now is not put off to the next one. */
    private static final Duration SLACK = Duration.ofMillis(30);

    private AutoGate() {}

    /**
     * What is known when an access unit came.
     *
     * @param surge what may be done about activity while many cameras are active at once
     */
    record Unit(boolean isKeyframe, Activity activity, boolean isTrusted, Surge surge) {}

    /** Whether an opening by sizes has to wait its turn. */
    enum Surge {
        NONE,
        ADMITTED,
        WAITS
    }

    record Decision(GateReason reason, AutoState next) {}

    /** Whether this unit is looked at, and what for. */
    static Decision onUnit(GateSettings settings, AutoState before, Unit unit, long now) {
        AutoState state = calmed(before.active(unit.activity() == Activity.ACTIVE), now);
        GateReason wanted = wanted(settings, state, unit, now);
        if (!wanted.isOpen()) {
            return new Decision(wanted, state);
        }
        AutoState next =
                wanted.aim() == GateReason.Aim.LUMA ? state.asked(Awaited.LUMA, now) : state.asked(Awaited.SEEN, now);
        if (wanted == GateReason.SIZE || wanted == GateReason.LUMA) {
            next = next.in(Phase.OPEN, now).found(0, state.isSettled() ? 0 : NOTHING_YET);
        }
        return new Decision(wanted, next);
    }

    private static AutoState calmed(AutoState state, long now) {
        boolean isCalm = state.phase() == Phase.RESTLESS
                && !state.isActive()
                && !state.isMovement()
                && isOver(now, state.phaseNanos(), CALM);
        return isCalm ? state.in(Phase.SHUT, now) : state;
    }

    private static GateReason wanted(GateSettings settings, AutoState state, Unit unit, long now) {
        boolean isAwaiting = state.awaited() != Awaited.NOTHING && !isOver(now, state.awaitedNanos(), PATIENCE);
        return switch (state.phase()) {
            case FIRST -> isAwaiting ? GateReason.AWAITING : unit.isKeyframe() ? GateReason.FIRST : GateReason.QUIET;
            case OPEN -> {
                Duration every = state.steady() >= STEADY_LOOKS ? FOLLOW_STEADY : FOLLOW;
                yield isAwaiting
                        ? GateReason.AWAITING
                        : isDue(now, state.lookNanos(), every) ? GateReason.FOLLOW : GateReason.NOT_DUE;
            }
            case RESTLESS ->
                isAwaiting
                        ? GateReason.AWAITING
                        : isDue(now, state.lookNanos(), RESTLESS_EVERY) ? GateReason.RESTLESS : GateReason.NOT_DUE;
            case SHUT -> asleep(settings, state, unit, isAwaiting, now);
        };
    }

    private static GateReason asleep(GateSettings settings, AutoState state, Unit unit, boolean isAwaiting, long now) {
        if (state.isMovement()) {
            return GateReason.LUMA;
        }
        if (state.isActive() && state.awaited() != Awaited.SEEN) {
            return switch (unit.surge()) {
                case NONE -> GateReason.SIZE;
                case ADMITTED -> isAwaiting ? GateReason.AWAITING : GateReason.SURGE;
                case WAITS -> GateReason.QUEUED;
            };
        }
        if (isAwaiting) {
            return GateReason.AWAITING;
        }
        if (settings.auditShare() > 0 && isAudit(state, unit, now)) {
            return GateReason.AUDIT;
        }
        boolean isTimetable = !settings.timetable().isZero() && isDue(now, state.lookNanos(), settings.timetable());
        if (isTimetable || state.isSettled() && isDue(now, state.lookNanos(), SETTLED_EVERY)) {
            return GateReason.TIMETABLE;
        }
        if (unit.isTrusted()) {
            boolean isCheck = unit.isKeyframe() && isDue(now, state.sampleNanos(), CHECK_EVERY)
                    || isDue(now, state.sampleNanos(), CHECK_EVERY.multipliedBy(2));
            return isCheck ? GateReason.CHECK : GateReason.QUIET;
        }
        boolean isSample = unit.isKeyframe() && isDue(now, state.sampleNanos(), LEAST_SAMPLE)
                || isDue(now, state.sampleNanos(), MOST_SAMPLE);
        return isSample ? GateReason.SAMPLE : GateReason.QUIET;
    }

    /** The moment is drawn by lot; the keyframe after it is as good a sample and costs one picture's decoding, not half a GOP's. */
    private static boolean isAudit(AutoState state, Unit unit, long now) {
        long overdue = now - state.auditNanos();
        return overdue >= 0 && (unit.isKeyframe() || overdue >= MOST_SAMPLE.toNanos());
    }

    /** A small picture that was asked for. */
    static AutoState onLuma(AutoState state, LumaChange change) {
        if (state.awaited() != Awaited.LUMA) {
            return state;
        }
        AutoState answered = state.answered();
        return answered.phase() == Phase.SHUT && change.isMovement() ? answered.moved() : answered;
    }

    /**
     * What the detector found.
     *
     * @param isRelevant whether there was anything that is looked for
     * @param isSteady whether it was where it had been at the look before
     */
    static AutoState onSeen(GateSettings settings, AutoState state, boolean isRelevant, boolean isSteady, long now) {
        AutoState answered = state.answered();
        if (isRelevant && isSteady && answered.isSettled()) {
            return answered;
        }
        if (isRelevant && isSteady && answered.steady() + 1 >= SETTLE_LOOKS && !answered.isActive()) {
            return answered.in(Phase.SHUT, now).found(0, answered.steady() + 1);
        }
        if (isRelevant) {
            int steady = answered.phase() == Phase.OPEN ? Math.max(0, answered.steady()) : 0;
            return answered.in(Phase.OPEN, now).found(0, isSteady ? steady + 1 : 0);
        }
        return switch (answered.phase()) {
            case FIRST -> answered.in(Phase.SHUT, now);
            // What stood there is gone: the rules want to see that for a while.
            case SHUT -> answered.isSettled() ? answered.in(Phase.OPEN, now).found(1, 0) : answered;
            case RESTLESS -> answered.isActive() ? answered.in(Phase.RESTLESS, now) : answered;
            case OPEN -> {
                int empty = answered.empty() + 1;
                boolean isNothingYet = answered.steady() == NOTHING_YET;
                boolean lingers = !isNothingYet && !isOver(now, answered.phaseNanos(), settings.linger());
                if (empty < EMPTY_LOOKS || lingers) {
                    yield answered.found(empty, isNothingYet ? NOTHING_YET : 0);
                }
                yield answered.in(answered.isActive() ? Phase.RESTLESS : Phase.SHUT, now);
            }
        };
    }

    /** A look was never looked at. What waits for it goes on at its usual pace, so that overload is not answered with more. */
    static AutoState onMissed(AutoState state) {
        return state.answered();
    }

    private static boolean isDue(long now, long last, Duration every) {
        return now - last >= every.toNanos() - SLACK.toNanos();
    }

    private static boolean isOver(long now, long since, Duration limit) {
        return now - since >= limit.toNanos();
    }
}
