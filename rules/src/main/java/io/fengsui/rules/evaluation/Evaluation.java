package io.fengsui.rules.evaluation;

import io.fengsui.protocol.value.Detection;
import io.fengsui.protocol.value.Moment;
import io.fengsui.rules.CompiledRule;
import io.fengsui.rules.JointCheck;
import io.fengsui.rules.JointState;
import io.fengsui.rules.LineCheck;
import io.fengsui.rules.LineState;
import io.fengsui.rules.Outcome;
import io.fengsui.rules.RuleCheck;
import io.fengsui.rules.RuleInput;
import io.fengsui.rules.RuleState;
import io.fengsui.rules.timing.Modes;
import io.fengsui.rules.timing.Standing;
import io.fengsui.rules.timing.Timing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Evaluates rules. Pure functions of rule, state, input, time and modes; any thread. */
public final class Evaluation {
    private Evaluation() {}

    /** A state that has seen nothing yet. */
    public static RuleState fresh(CompiledRule rule, Moment now) {
        return switch (rule.definition().check()) {
            case RuleCheck.Dwell _ -> DwellEvaluation.fresh(now);
            case RuleCheck.Stopped _ -> StoppedEvaluation.fresh(now);
            case LineCheck _ -> LineEvaluation.fresh(now);
            case RuleCheck.Threshold _, RuleCheck.State _ -> LevelEvaluation.fresh(now);
            case JointCheck joint -> JointEvaluation.fresh(joint, now);
        };
    }

    /** Where no mode is switched. */
    public static Outcome of(CompiledRule rule, RuleState state, RuleInput input, Moment now) {
        return of(rule, state, input, now, Modes.NONE);
    }

    /**
     * What follows from one input.
     *
     * @param state of this rule and the input's subject; one of another sort counts as fresh
     * @param now for a picture its arrival, for a reading its own moment
     */
    public static Outcome of(CompiledRule rule, RuleState state, RuleInput input, Moment now, Modes modes) {
        RuleState carried = state.carriedTo(now);
        Outcome plain = plain(rule, carried, input, now);
        return switch (rule.definition().timing().standing(now, modes)) {
            case ON -> plain;
            case MUTED -> Suppression.muted(plain);
            case OFF -> Suppression.off(rule, carried, plain);
        };
    }

    /** The objects of a picture that count for a rule of pictures, whatever it makes of them; none for any other rule. */
    public static List<Detection> counted(CompiledRule rule, List<Detection> objects) {
        return rule.definition().check() instanceof RuleCheck.InPicture check
                ? ObjectTest.pick(
                        rule, check.filter(), new RuleInput.Sighting(objects, Map.of()), ObjectTest.Rigour.GOES_ON)
                : List.of();
    }

    private static Outcome plain(CompiledRule rule, RuleState carried, RuleInput input, Moment now) {
        return switch (rule.definition().check()) {
            case RuleCheck.Dwell dwell ->
                new DwellEvaluation(rule, dwell, now)
                        .evaluate(carried instanceof RuleState.ZoneState z ? z : DwellEvaluation.fresh(now), input);
            case RuleCheck.Stopped stopped ->
                new StoppedEvaluation(rule, stopped, now)
                        .evaluate(carried instanceof RuleState.StillState s ? s : StoppedEvaluation.fresh(now), input);
            case LineCheck line ->
                new LineEvaluation(rule, line, now)
                        .evaluate(carried instanceof LineState l ? l : LineEvaluation.fresh(now), input);
            case RuleCheck.OfReadings readings ->
                new LevelEvaluation(rule, readings, now)
                        .evaluate(carried instanceof RuleState.LevelState l ? l : LevelEvaluation.fresh(now), input);
            case JointCheck joint ->
                new JointEvaluation(rule, joint, now)
                        .evaluate(carried instanceof JointState j ? j : JointEvaluation.fresh(joint, now), input);
        };
    }

    /** Where no mode is switched. */
    public static OptionalLong nextDue(CompiledRule rule, RuleState state) {
        return nextDue(rule, state, state.last(), Modes.NONE);
    }

    /**
     * When it wants a tick, in steady nanoseconds of the state's boot; empty when only an input can change anything.
     *
     * @param now of the same boot
     */
    public static OptionalLong nextDue(CompiledRule rule, RuleState state, Moment now, Modes modes) {
        long due = switch (rule.definition().check()) {
            case RuleCheck.InPicture _ -> pictureDue(rule, state);
            case RuleCheck.OfReadings readings -> LevelEvaluation.nextDue(rule, readings, state);
            case JointCheck joint -> JointEvaluation.nextDue(rule, joint, state);
        };
        Timing timing = rule.definition().timing();
        if (!timing.isAlways()) {
            due = state.isOpen() ? earlier(due, change(timing, now, modes)) : postponed(timing, due, now, modes);
        }
        return due == RuleState.NEVER ? OptionalLong.empty() : OptionalLong.of(due);
    }

    /** What nobody would hear is put off until it may be told. */
    private static long postponed(Timing timing, long due, Moment now, Modes modes) {
        if (due == RuleState.NEVER) {
            return due;
        }
        Moment then = now.plus(Duration.ofNanos(Math.max(0, due - now.steadyNanos())));
        return timing.standing(then, modes) == Standing.ON ? due : change(timing, then, modes);
    }

    private static long change(Timing timing, Moment from, Modes modes) {
        Optional<Moment> change = timing.nextChange(from, modes);
        return change.map(Moment::steadyNanos).orElse(RuleState.NEVER);
    }

    private static long earlier(long a, long b) {
        return a == RuleState.NEVER ? b : b == RuleState.NEVER ? a : Math.min(a, b);
    }

    private static long pictureDue(CompiledRule rule, RuleState state) {
        return switch (state) {
            case RuleState.ZoneState z -> z.isOccupied() ? Watch.limit(rule, z.last(), z.isOpen()) : RuleState.NEVER;
            case RuleState.StillState s ->
                s.isOpen() || !s.anchors().isEmpty() ? Watch.limit(rule, s.last(), s.isOpen()) : RuleState.NEVER;
            case LineState l -> l.traces().isEmpty() ? RuleState.NEVER : LineEvaluation.forgetAt(l);
            case RuleState.LevelState _, JointState _ -> RuleState.NEVER;
        };
    }
}
