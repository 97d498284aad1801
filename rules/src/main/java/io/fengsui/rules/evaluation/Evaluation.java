package io.fengsui.rules.evaluation;

import io.fengsui.protocol.value.Moment;
import io.fengsui.rules.CompiledRule;
import io.fengsui.rules.Outcome;
import io.fengsui.rules.RuleCheck;
import io.fengsui.rules.RuleInput;
import io.fengsui.rules.RuleState;
import java.util.OptionalLong;

/** Evaluates rules. Pure functions of rule, state, input and time; any thread. */
public final class Evaluation {
    private Evaluation() {}

    /** A state that has seen nothing yet. */
    public static RuleState fresh(CompiledRule rule, Moment now) {
        return switch (rule.definition().check()) {
            case RuleCheck.Dwell _ -> DwellEvaluation.fresh(now);
            case RuleCheck.Stopped _ -> StoppedEvaluation.fresh(now);
            case RuleCheck.Threshold _, RuleCheck.State _ -> LevelEvaluation.fresh(now);
        };
    }

    /**
     * What follows from one input.
     *
     * @param state of this rule and the input's subject; one of another sort counts as fresh
     * @param now for a picture its arrival, for a reading its own moment
     */
    public static Outcome of(CompiledRule rule, RuleState state, RuleInput input, Moment now) {
        RuleState carried = state.carriedTo(now);
        return switch (rule.definition().check()) {
            case RuleCheck.Dwell dwell ->
                new DwellEvaluation(rule, dwell, now)
                        .evaluate(carried instanceof RuleState.ZoneState z ? z : DwellEvaluation.fresh(now), input);
            case RuleCheck.Stopped stopped ->
                new StoppedEvaluation(rule, stopped, now)
                        .evaluate(carried instanceof RuleState.StillState s ? s : StoppedEvaluation.fresh(now), input);
            case RuleCheck.OfReadings readings ->
                new LevelEvaluation(rule, readings, now)
                        .evaluate(carried instanceof RuleState.LevelState l ? l : LevelEvaluation.fresh(now), input);
        };
    }

    /** When it wants a tick, in steady nanoseconds of the state's boot; empty when only an input can change anything. */
    public static OptionalLong nextDue(CompiledRule rule, RuleState state) {
        long due = switch (rule.definition().check()) {
            case RuleCheck.InPicture _ -> pictureDue(rule, state);
            case RuleCheck.OfReadings readings -> LevelEvaluation.nextDue(rule, readings, state);
        };
        return due == RuleState.NEVER ? OptionalLong.empty() : OptionalLong.of(due);
    }

    private static long pictureDue(CompiledRule rule, RuleState state) {
        return switch (state) {
            case RuleState.ZoneState z -> z.isOccupied() ? Watch.limit(rule, z.last(), z.isOpen()) : RuleState.NEVER;
            case RuleState.StillState s ->
                s.isOpen() || !s.anchors().isEmpty() ? Watch.limit(rule, s.last(), s.isOpen()) : RuleState.NEVER;
            case RuleState.LevelState _ -> RuleState.NEVER;
        };
    }
}
