package io.fengsui.edge.gate;

import io.fengsui.edge.gate.AutoState.Awaited;
import io.fengsui.edge.gate.AutoState.Phase;
import io.fengsui.edge.gate.AutoState.Stay;
import io.fengsui.edge.gate.luma.LumaChange;

/** What {@link AutoGate} makes of the answers to what it asked for. Pure. */
final class AutoAnswer {
    static final int EMPTY_LOOKS = 3;
    /** In place of steady looks: open, and nothing was found since. */
    static final int NOTHING_YET = -1;

    /** Looks that found nothing but what lies aside, until what differs elsewhere is believed to be something else. */
    static final int EMPTY_LOOKS_BESIDE = 12;

    /** Looks that found the same in the same place until the camera sleeps with it in view: about a minute. */
    static final int SETTLE_LOOKS = 30;

    private AutoAnswer() {}

    /**
     * What the detector found.
     *
     * @param isRelevant whether there was anything that is looked for
     * @param isSteady whether it was where it had been at the look before
     * @param isMore whether there is more, or something else, than at the look before
     * @param isSure whether one sight of all of it is enough
     * @param isAside whether there was something where movement is hidden, in this look or in the one before
     */
    record Sight(boolean isRelevant, boolean isSteady, boolean isMore, boolean isSure, boolean isAside) {
        static final Sight NOTHING = new Sight(false, false, false, false, false);
        static final Sight ASIDE = new Sight(false, false, false, false, true);

        Sight(boolean isRelevant, boolean isSteady, boolean isMore, boolean isSure) {
            this(isRelevant, isSteady, isMore, isSure, false);
        }
    }

    /**
     * What a small picture is good for: where a part of the picture is hidden, one of after something was there is as good to
     * close it as one that was asked for that, or the gate would count what the rules are not told.
     */
    static GateReason meaning(GateSettings settings, AutoState state, GateAnswer.Of look, long now) {
        boolean isAfter = look.arrivalNanos() - state.stay().lastNanos() >= 0;
        return settings.isHiding() && isAfter && state.isClosing(settings, now) ? GateReason.CLOSING : look.reason();
    }

    /**
     * A small picture. Where a part of the picture is hidden it is the only opener, so one that came after it was given up tells
     * of movement all the same.
     */
    static AutoState onSmall(GateSettings settings, AutoState state, LumaChange change, long now) {
        boolean isOpener = settings.isHiding() && state.phase() == Phase.SHUT && change.isMovement();
        AutoState next = onLuma(state, change, now);
        return isOpener ? next.moved() : next;
    }

    /** A small picture that was asked for. */
    static AutoState onLuma(AutoState state, LumaChange change, long now) {
        Awaited awaited = state.asked().awaited();
        if (awaited != Awaited.LUMA && awaited != Awaited.PROOF) {
            return state;
        }
        AutoState answered = state.answered();
        if (answered.phase() != Phase.SHUT) {
            return answered;
        }
        Stay stay = answered.stay();
        boolean isUnproven = awaited == Awaited.PROOF && !change.isComparable();
        return change.isMovement() || isUnproven
                ? answered.moved()
                : change.kind() == LumaChange.Kind.NOTHING && !answered.isSettled()
                        ? answered.with(stay.andCalm(now))
                        : answered;
    }

    /** What the detector found. */
    static AutoState onSeen(GateSettings settings, AutoState state, Sight sight, long now) {
        AutoState answered = state.seen();
        return sight.isRelevant() ? found(settings, answered, sight, now) : empty(settings, answered, sight, now);
    }

    /**
     * Whether what differs from the background is nothing that is looked for, so that it may be learned. Not soon while somebody
     * lies aside: a part of him may be what differs, and who is learned is seen no more.
     */
    static boolean isNothing(AutoState before, Sight sight, AutoState next) {
        int enough = sight.isAside() ? EMPTY_LOOKS_BESIDE : EMPTY_LOOKS;
        return before.phase() == Phase.OPEN
                && (next.phase() == Phase.RESTLESS || next.stay().empty() >= enough);
    }

    private static AutoState found(GateSettings settings, AutoState state, Sight sight, long now) {
        Stay stay = state.stay();
        if (sight.isSteady() && state.isSettled()) {
            return state;
        }
        if (sight.isSteady() && stay.steady() + 1 >= SETTLE_LOOKS && !state.isStirring(settings)) {
            return state.in(Phase.SHUT, now, new Stay(now, stay.sinceNanos(), false, 0, stay.steady() + 1));
        }
        boolean wasThere = state.phase() == Phase.OPEN && stay.steady() != NOTHING_YET;
        boolean isNew = !wasThere || sight.isMore();
        int steady = !sight.isSteady() ? 0 : wasThere ? Math.max(0, stay.steady()) + 1 : 1;
        long since = isNew ? now : stay.sinceNanos();
        boolean isDoubtful = isNew && !sight.isSure();
        Stay next = new Stay(now, since, isDoubtful, 0, steady);
        return state.phase() == Phase.OPEN ? state.with(next) : state.in(Phase.OPEN, now, next);
    }

    private static AutoState empty(GateSettings settings, AutoState state, Sight sight, long now) {
        Stay stay = state.stay();
        Stay next = sight.isAside() ? stay.andOverlooked(now) : stay.andEmpty(now);
        boolean isStirring = state.isStirring(settings);
        return switch (state.phase()) {
            case SHUT -> {
                // What stood there is gone: the rules want to see that for a while; by looks, where small pictures are
                // blind.
                if (state.isSettled()) {
                    yield state.in(sight.isAside() ? Phase.OPEN : Phase.SHUT, now, next.until(now));
                }
                yield sight.isAside() ? state.with(Stay.passedBy(now)) : state;
            }
            case RESTLESS -> isStirring ? state.in(Phase.RESTLESS, now, stay) : state;
            case OPEN -> {
                // A small picture could not tell whether what went where movement is hidden is still there.
                if (!isStirring && !sight.isAside()) {
                    yield state.in(Phase.SHUT, now, next.unsteady());
                }
                boolean lingers = stay.steady() != NOTHING_YET && next.isWatched(settings, now);
                if (next.empty() < EMPTY_LOOKS || lingers) {
                    yield state.with(next);
                }
                yield isStirring
                        ? state.in(Phase.RESTLESS, now, Stay.NONE)
                        : state.in(Phase.SHUT, now, next.unsteady());
            }
        };
    }
}
