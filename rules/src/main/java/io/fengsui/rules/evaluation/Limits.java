package io.fengsui.rules.evaluation;

import io.fengsui.protocol.Severity;
import io.fengsui.rules.RuleCheck;
import io.fengsui.rules.RuleCheck.Side;
import io.fengsui.rules.RuleCheck.Step;
import io.fengsui.rules.series.Derivation;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Threshold and state, seen alike. */
record Limits(
        Derivation of,
        Side side,
        double limit,
        double clear,
        Duration hold,
        List<Step> steps,
        @Nullable Duration offDelay,
        RuleCheck.Steadiness steadiness) {
    private static final double ACTIVE_LIMIT = 0.5;

    static Limits of(RuleCheck.OfReadings check) {
        return switch (check) {
            case RuleCheck.Threshold t ->
                new Limits(t.of(), t.side(), t.limit(), t.clear(), t.hold(), t.steps(), null, t.steadiness());
            case RuleCheck.State s ->
                new Limits(
                        Derivation.Value.PLAIN,
                        Side.ABOVE,
                        ACTIVE_LIMIT,
                        ACTIVE_LIMIT,
                        s.hold(),
                        List.of(),
                        s.offDelay(),
                        s.steadiness());
        };
    }

    boolean isBeyond(double value) {
        return side.isBeyond(value, limit);
    }

    /** With no hysteresis: no longer beyond. With it: on the good side of the clear limit. */
    boolean isClear(double value) {
        return clear == limit ? !isBeyond(value) : side.isBeyond(clear, value);
    }

    /** Steps that the value has taken; one once taken is left only by the width of the hysteresis. */
    int step(double value, int current) {
        double width = clear - limit;
        int step = 0;
        for (int i = 0; i < steps.size(); i++) {
            double at = steps.get(i).limit();
            boolean isHeld = i < current && width != 0 && !side.isBeyond(at + width, value);
            if (side.isBeyond(value, at) || isHeld) {
                step = i + 1;
            }
        }
        return step;
    }

    /** How bad it is at a step. */
    Severity severity(Severity first, int step) {
        return step == 0 ? first : steps.get(step - 1).severity();
    }
}
