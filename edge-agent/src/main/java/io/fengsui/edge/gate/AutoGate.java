package io.fengsui.edge.gate;

import io.fengsui.edge.gate.AutoState.Awaited;
import io.fengsui.edge.gate.AutoState.Phase;
import io.fengsui.edge.gate.AutoState.Stay;
import io.fengsui.edge.gate.admission.Surge;
import io.fengsui.edge.gate.size.SizeWatch.Activity;
import java.time.Duration;

/**
 * The gate of two tiers: sizes of coded pictures first, a small decoded picture second; sizes alone only where they earned
 * trust. In doubt it opens, and a sleeping camera always has a deadline for its next look. Pure.
 *
 * <pre>
 * SHUT ──sizes, small picture, found──► OPEN ──empty and calm, or the same for a minute──► SHUT
 * OPEN ──3 empty looks, yet it moves──► RESTLESS ──calm──► SHUT, ──found──► OPEN
 * </pre>
 *
 * <p>Where a part of the picture is hidden from movement, sizes open nothing, since they cannot tell where something moved: they
 * ask for a small picture of now, which can. What cannot be held against anything opens.
 *
 * <p>One empty look shuts a calm camera, since a small picture of each keyframe follows for as long as the rules want to see
 * emptiness: whoever is still there differs from the background. A small picture costs a tenth of a look.
 */
final class AutoGate {
    static final Duration FOLLOW = Duration.ofMillis(500);
    /** To be sure of what was found once. */
    static final Duration FOLLOW_DOUBTFUL = Duration.ofMillis(200);

    static final Duration FOLLOW_STEADY = Duration.ofSeconds(2);
    static final Duration RESTLESS_EVERY = Duration.ofSeconds(2);
    /** Between small pictures that sizes ask for where a part of the picture is hidden. */
    static final Duration PROOF_EVERY = Duration.ofMillis(300);

    static final Duration CALM = Duration.ofSeconds(4);
    static final Duration LEAST_SAMPLE = Duration.ofMillis(900);
    static final Duration MOST_SAMPLE = Duration.ofMillis(2500);
    static final Duration CHECK_EVERY = Duration.ofSeconds(60);
    static final Duration PATIENCE = Duration.ofSeconds(5);
    /**
     * Of sizes with a small picture: one that takes longer waits behind others in a full box, and the next question takes its place there
     * with the turn of an opening.
     */
    static final Duration PROOF_PATIENCE = Duration.ofSeconds(1);

    static final int STEADY_LOOKS = 4;
    static final Duration SETTLED_EVERY = Duration.ofSeconds(30);
    /** Pictures come a little early or late; a look that is due now is not put off to the next one. */
    private static final Duration SLACK = Duration.ofMillis(30);
    /**
     * A steady look waits for a keyframe, which is decoded alone, as long as that costs no more than a turn: with one every two
     * seconds each is looked at, whenever the first look was; with one a second every other.
     */
    private static final Duration KEYFRAME_SLACK = Duration.ofMillis(600);

    private static final Duration MOST_STEADY = Duration.ofMillis(3400);

    private AutoGate() {}

    /**
     * What is known when an access unit came.
     *
     * @param surge what may be done about activity while many cameras are active at once
     * @param mayBeginFirst whether there is time for a first look at a stream
     * @param sinceKeyframe the GOP so far: what a small picture has to decode
     */
    record Unit(
            boolean isKeyframe,
            Activity activity,
            boolean isTrusted,
            Surge surge,
            boolean mayBeginFirst,
            Duration sinceKeyframe) {

        /** Whether no keyframe will come soon. */
        boolean isLongGop() {
            return sinceKeyframe.compareTo(MOST_SAMPLE) >= 0;
        }
    }

    record Decision(GateReason reason, AutoState next) {}

    /** Whether this unit is looked at, and what for. */
    static Decision onUnit(GateSettings settings, AutoState before, Unit unit, long now) {
        AutoState state = calmed(settings, asProof(settings, before, unit), now);
        GateReason wanted = wanted(settings, state, unit, now);
        if (!wanted.isOpen()) {
            return new Decision(wanted, state);
        }
        AutoState next = state.askedFor(awaited(settings, state, unit, wanted), now);
        if (settings.isHiding() && (wanted == GateReason.MASKED || wanted == GateReason.SURGE)) {
            next = next.spending(now);
        }
        if (wanted == GateReason.SIZE || wanted == GateReason.LUMA) {
            boolean isKnown = state.isSettled() || state.isClosing(settings, now);
            Stay stay = state.stay();
            next = next.in(Phase.OPEN, now, isKnown ? stay.again(now) : Stay.thoughtOf(now));
        }
        return new Decision(wanted, next);
    }

    /** What sizes notice while a small picture is on its way is what it has to answer for. */
    private static AutoState asProof(GateSettings settings, AutoState before, Unit unit) {
        boolean isActive = unit.activity() == Activity.ACTIVE;
        boolean isAnswering = settings.isHiding()
                && isActive
                && !before.isActive()
                && unit.surge() == Surge.NONE
                && before.asked().awaited() == Awaited.LUMA;
        AutoState state = before.active(isActive);
        return isAnswering ? state.proving() : state;
    }

    /** While many cameras are active at once it is the light, which is learned and opens nothing. */
    private static Awaited awaited(GateSettings settings, AutoState state, Unit unit, GateReason wanted) {
        if (wanted.aim() != GateReason.Aim.LUMA) {
            return Awaited.SEEN;
        }
        return settings.isHiding() && state.isActive() && unit.surge() == Surge.NONE ? Awaited.PROOF : Awaited.LUMA;
    }

    private static AutoState calmed(GateSettings settings, AutoState state, long now) {
        boolean isCalm = state.phase() == Phase.RESTLESS
                && !state.isStirring(settings)
                && !state.marks().isMovement()
                && isOver(now, state.phaseNanos(), CALM);
        return isCalm ? state.in(Phase.SHUT, now, Stay.NONE) : state;
    }

    private static boolean isAwaiting(AutoState state, long now) {
        return isAwaiting(state, now, PATIENCE);
    }

    private static boolean isAwaiting(AutoState state, long now, Duration patience) {
        return state.asked().awaited() != Awaited.NOTHING
                && !isOver(now, state.asked().awaitedNanos(), patience);
    }

    private static GateReason wanted(GateSettings settings, AutoState state, Unit unit, long now) {
        boolean isAwaiting = isAwaiting(state, now);
        return switch (state.phase()) {
            case OPEN -> isAwaiting ? GateReason.AWAITING : followed(settings, state, unit, now);
            case RESTLESS ->
                isAwaiting
                        ? GateReason.AWAITING
                        : isDue(now, state.asked().lookNanos(), RESTLESS_EVERY)
                                ? GateReason.RESTLESS
                                : GateReason.NOT_DUE;
            case SHUT -> asleep(settings, state, unit, isAwaiting, now);
        };
    }

    private static GateReason followed(GateSettings settings, AutoState state, Unit unit, long now) {
        if (state.stay().isDoubtful()) {
            return isDue(now, state.asked().lookNanos(), FOLLOW_DOUBTFUL) ? GateReason.CONFIRM : GateReason.NOT_DUE;
        }
        return isFollowDue(settings, state, unit, now) ? GateReason.FOLLOW : GateReason.NOT_DUE;
    }

    /** Twice a second while a rule is undecided; then a keyframe every two seconds, which is decoded alone. */
    private static boolean isFollowDue(GateSettings settings, AutoState state, Unit unit, long now) {
        Stay stay = state.stay();
        long last = state.asked().lookNanos();
        boolean isUndecided = stay.steady() < STEADY_LOOKS && !isOver(now, stay.sinceNanos(), settings.undecided());
        if (isUndecided || stay.steady() == AutoAnswer.NOTHING_YET || stay.empty() > 0) {
            return isDue(now, last, FOLLOW);
        }
        return unit.isKeyframe() && isDue(now, last, FOLLOW_STEADY.minus(KEYFRAME_SLACK))
                || isDue(now, last, MOST_STEADY);
    }

    private static GateReason asleep(GateSettings settings, AutoState state, Unit unit, boolean isAwaiting, long now) {
        if (state.marks().isMovement()) {
            return GateReason.LUMA;
        }
        if (state.isActive() && settings.isHiding() && mayProve(settings, state, unit.isKeyframe(), now)) {
            switch (unit.surge()) {
                case NONE -> {
                    return GateReason.MASKED;
                }
                case ADMITTED -> {
                    return isAwaiting ? GateReason.AWAITING : GateReason.SURGE;
                }
                case WAITS -> {
                    if (!unit.isKeyframe()) {
                        return GateReason.QUEUED;
                    }
                }
            }
        }
        if (state.isStirring(settings) && state.asked().awaited() != Awaited.SEEN) {
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
        boolean isTimetable =
                !settings.timetable().isZero() && isDue(now, state.asked().lookNanos(), settings.timetable());
        if (isTimetable || state.isSettled() && isDue(now, state.asked().lookNanos(), SETTLED_EVERY)) {
            return GateReason.TIMETABLE;
        }
        if (state.marks().isFirstDue() && unit.isKeyframe() && unit.mayBeginFirst()) {
            return GateReason.FIRST;
        }
        return sample(settings, state, unit, now);
    }

    /**
     * Whether a sleeping camera with hidden parts may ask for a small picture because of its sizes, keyframe or not. Keyframes that
     * the rules wait for are theirs.
     */
    static boolean mayProve(GateSettings settings, AutoState state, boolean isKeyframe, long now) {
        boolean isLooked = state.asked().awaited() == Awaited.SEEN;
        return state.phase() == Phase.SHUT
                && !state.marks().isMovement()
                && !isAwaiting(state, now, isLooked ? PATIENCE : PROOF_PATIENCE)
                && isDue(now, state.asked().sampleNanos(), PROOF_EVERY)
                && state.asked().budget().isLeft(now)
                && !(isKeyframe && state.isClosing(settings, now));
    }

    /**
     * Where a part of the picture is hidden sizes are trusted again some seconds after their last question: whoever comes slowly
     * fills no cell at first, and the sizes have learned from him meanwhile.
     *
     * <p>Of keyframes only, unless they are far apart: also a sample whose answer came late, in a full box, waits for the next one, or
     * it would decode half a GOP and be ten times as dear when time is shortest.
     */
    private static GateReason sample(GateSettings settings, AutoState state, Unit unit, long now) {
        long last = state.asked().sampleNanos();
        boolean isClosing = state.isClosing(settings, now);
        boolean isProving = settings.isHiding()
                && (state.isActive() || state.asked().budget().isOwed(now));
        if (unit.isTrusted() && !isClosing && !isProving) {
            boolean isCheck = (unit.isKeyframe() || unit.isLongGop()) && isDue(now, last, CHECK_EVERY);
            return isCheck ? GateReason.CHECK : GateReason.QUIET;
        }
        boolean isSample = unit.isKeyframe() && isDue(now, last, LEAST_SAMPLE)
                || unit.isLongGop() && isDue(now, last, MOST_SAMPLE);
        return isSample ? isClosing ? GateReason.CLOSING : GateReason.SAMPLE : GateReason.QUIET;
    }

    /** Whether nothing is there, nothing is expected and no answer is on its way. */
    static boolean isQuiet(GateSettings settings, AutoState state, long now) {
        return state.phase() == Phase.SHUT
                && state.asked().awaited() == Awaited.NOTHING
                && !state.marks().isMovement()
                && !state.isActive()
                && !state.isClosing(settings, now);
    }

    /** The moment is drawn by lot; the keyframe after it is as good a sample and costs one picture's decoding, not half a GOP's. */
    private static boolean isAudit(AutoState state, Unit unit, long now) {
        long overdue = now - state.asked().auditNanos();
        return overdue >= 0 && (unit.isKeyframe() || overdue >= MOST_SAMPLE.toNanos());
    }

    private static boolean isDue(long now, long last, Duration every) {
        return now - last >= every.toNanos() - SLACK.toNanos();
    }

    private static boolean isOver(long now, long since, Duration limit) {
        return now - since >= limit.toNanos();
    }
}
