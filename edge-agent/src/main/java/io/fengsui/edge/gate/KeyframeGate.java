package io.fengsui.edge.gate;

import io.fengsui.edge.bitstream.AccessUnit;

/** The simple gate: decides by kind, count and time which access units are looked at. Pure. */
final class KeyframeGate {
    /**
     * What the gate remembers of one camera.
     *
     * @param sinceLook access units since the last look, this one not counted
     * @param lastLookNanos steady clock; meaningless before the first look
     */
    record State(long sinceLook, boolean hasLooked, long lastLookNanos) {
        static final State FIRST = new State(0, false, 0);
    }

    /** What the gate needs to know of an access unit. */
    record Facts(boolean isKeyframe, int bytes) {
        static Facts of(AccessUnit unit) {
            return new Facts(unit.isKeyframe(), unit.annexB().length);
        }
    }

    record Decision(boolean isOpen, GateReason reason, State next) {}

    private KeyframeGate() {}

    static Decision decide(GateSettings settings, State state, Facts unit, long nowNanos) {
        GateReason reason = switch (settings.mode()) {
            case GateMode.Auto ignored -> keyframe(unit);
            case GateMode.Keyframes ignored -> keyframe(unit);
            case GateMode.EveryNth every ->
                state.sinceLook() + 1 >= every.n() || !state.hasLooked()
                        ? GateReason.EVERY_NTH
                        : GateReason.NOT_ITS_TURN;
            case GateMode.All ignored -> GateReason.ALL;
        };
        boolean isTooSoon = state.hasLooked()
                && nowNanos - state.lastLookNanos() < settings.minInterval().toNanos();
        if (reason.isOpen() && isTooSoon) {
            reason = GateReason.TOO_SOON;
        }
        State next = reason.isOpen()
                ? new State(0, true, nowNanos)
                : new State(state.sinceLook() + 1, state.hasLooked(), state.lastLookNanos());
        return new Decision(reason.isOpen(), reason, next);
    }

    private static GateReason keyframe(Facts unit) {
        return unit.isKeyframe() ? GateReason.KEYFRAME : GateReason.NOT_A_KEYFRAME;
    }
}
