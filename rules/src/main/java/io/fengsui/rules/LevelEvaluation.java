package io.fengsui.rules;

import io.fengsui.protocol.Reason;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Quality;
import io.fengsui.protocol.value.Reading;
import io.fengsui.rules.Finding.Change;
import io.fengsui.rules.RuleCheck.Side;
import io.fengsui.rules.RuleCheck.Step;
import io.fengsui.rules.RuleState.LevelState;
import io.fengsui.rules.condition.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Decides one step of a rule of readings: limits with hysteresis, and states. Made for one evaluation. */
final class LevelEvaluation {
    private static final double ACTIVE_LIMIT = 0.5;

    private final CompiledRule rule;
    private final Limits limits;
    private final Condition when;
    private final Moment now;

    /** Threshold and state, seen alike. */
    private record Limits(
            Side side,
            double limit,
            double clear,
            Duration hold,
            List<Step> steps,
            @Nullable Duration offDelay) {
        static Limits of(RuleCheck.OfReadings check) {
            return switch (check) {
                case RuleCheck.Threshold t -> new Limits(t.side(), t.limit(), t.clear(), t.hold(), t.steps(), null);
                case RuleCheck.State s ->
                    new Limits(Side.ABOVE, ACTIVE_LIMIT, ACTIVE_LIMIT, s.hold(), List.of(), s.offDelay());
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
    }

    LevelEvaluation(CompiledRule rule, RuleCheck.OfReadings check, Moment now) {
        this.rule = rule;
        this.limits = Limits.of(check);
        this.when = check.filter().when();
        this.now = now;
    }

    static LevelState fresh(Moment now) {
        return new LevelState(now, false, 0, RuleState.NEVER, false, 0, RuleState.NEVER, RuleState.NEVER);
    }

    static long nextDue(CompiledRule rule, RuleCheck.OfReadings check, RuleState state) {
        if (!(state instanceof LevelState s)) {
            return RuleState.NEVER;
        }
        Limits limits = Limits.of(check);
        if (!s.isOpen()) {
            return s.pendingSince() == RuleState.NEVER
                    ? RuleState.NEVER
                    : s.pendingSince() + limits.hold().toNanos();
        }
        long lease = rule.definition().lease().toNanos();
        long news = lease == 0 ? Long.MAX_VALUE : s.toldAt() + lease / 2;
        long off = limits.offDelay() == null
                ? Long.MAX_VALUE
                : s.activeAt() + limits.offDelay().toNanos();
        long due = Math.min(news, off);
        return due == Long.MAX_VALUE ? RuleState.NEVER : due;
    }

    Outcome evaluate(LevelState state, RuleInput input) {
        return switch (input) {
            case RuleInput.Sample sample -> onSample(state, sample);
            case RuleInput.Tick _ -> onTick(state);
            case RuleInput.Sighting _ -> Outcome.nothing(state, RuleReason.NOTHING);
        };
    }

    private Outcome onSample(LevelState s, RuleInput.Sample sample) {
        Reading reading = sample.reading();
        if (reading.quality() == Quality.BAD) {
            return Outcome.nothing(s, RuleReason.BAD_QUALITY);
        }
        if (sample.isRetained() && s.hasValue() && Double.compare(s.value(), reading.value()) == 0) {
            return Outcome.nothing(s, RuleReason.RETAINED_SAME);
        }
        boolean isAgeUnknown = sample.isRetained() && !s.hasValue();
        boolean isBeyond = limits.isBeyond(reading.value()) && isMet(s, reading);
        LevelState next = new LevelState(
                now,
                true,
                reading.value(),
                pendingSince(s, isBeyond),
                s.isOpen(),
                s.step(),
                isBeyond ? now.steadyNanos() : s.activeAt(),
                s.toldAt());
        if (s.isOpen()) {
            return onOpen(next, reading, isBeyond);
        }
        if (isBeyond && now.steadyNanos() - next.pendingSince() >= limits.hold().toNanos()) {
            return begin(next, reading.value(), reading.unit(), isAgeUnknown);
        }
        return Outcome.nothing(next, isBeyond ? RuleReason.PENDING : RuleReason.NOTHING);
    }

    private long pendingSince(LevelState s, boolean isBeyond) {
        if (!isBeyond) {
            return s.isOpen() ? s.pendingSince() : RuleState.NEVER;
        }
        return s.pendingSince() == RuleState.NEVER ? now.steadyNanos() : s.pendingSince();
    }

    private Outcome onOpen(LevelState s, Reading reading, boolean isBeyond) {
        if (limits.isClear(reading.value())) {
            return end(s, RuleReason.CLEARED);
        }
        int step = limits.step(reading.value(), s.step());
        if (step == s.step()) {
            return Outcome.nothing(s, isBeyond ? RuleReason.OPEN : RuleReason.GRACE);
        }
        return tell(s, Change.UPDATED, RuleReason.SEVERITY_CHANGED, step, attributes(s.value(), reading.unit()));
    }

    private Outcome onTick(LevelState s) {
        if (!s.isOpen()) {
            boolean isHeld = s.pendingSince() != RuleState.NEVER
                    && now.steadyNanos() - s.pendingSince() >= limits.hold().toNanos();
            return isHeld ? begin(s, s.value(), "", false) : Outcome.nothing(s, RuleReason.NOTHING);
        }
        Duration offDelay = limits.offDelay();
        if (offDelay != null && now.steadyNanos() - s.activeAt() >= offDelay.toNanos()) {
            return end(s, RuleReason.OFF_DELAY);
        }
        long lease = rule.definition().lease().toNanos();
        if (lease > 0 && now.steadyNanos() - s.toldAt() >= lease / 2) {
            return tell(s, Change.UPDATED, RuleReason.STILL_SO, s.step(), attributes(s.value(), ""));
        }
        return Outcome.nothing(s, RuleReason.OPEN);
    }

    private Outcome begin(LevelState s, double value, String unit, boolean isAgeUnknown) {
        RuleReason reason = switch (rule.definition().check()) {
            case RuleCheck.State _ -> RuleReason.ACTIVE;
            case RuleCheck.Threshold t when t.side() == Side.BELOW -> RuleReason.BELOW;
            case RuleCheck.Threshold _, RuleCheck.InPicture _ -> RuleReason.ABOVE;
        };
        Map<String, String> attributes = attributes(value, unit);
        if (isAgeUnknown) {
            attributes.put("age", "unknown");
        }
        return tell(s, Change.BEGUN, reason, limits.step(value, 0), attributes);
    }

    private Outcome tell(LevelState s, Change change, RuleReason reason, int step, Map<String, String> attributes) {
        LevelState next = new LevelState(
                s.last(), true, s.value(), s.pendingSince(), true, step, s.activeAt(), now.steadyNanos());
        Severity severity = step == 0
                ? rule.definition().severity()
                : limits.steps().get(step - 1).severity();
        Finding finding = new Finding(change, reason, severity, attributes, List.of(), why(reason, s.value()));
        return new Outcome(next, reason, List.of(finding));
    }

    private Outcome end(LevelState s, RuleReason reason) {
        LevelState next =
                new LevelState(s.last(), true, s.value(), RuleState.NEVER, false, 0, s.activeAt(), RuleState.NEVER);
        Severity severity = s.step() == 0
                ? rule.definition().severity()
                : limits.steps().get(s.step() - 1).severity();
        Finding finding = new Finding(
                Change.ENDED, reason, severity, attributes(s.value(), ""), List.of(), why(reason, s.value()));
        return new Outcome(next, reason, List.of(finding));
    }

    private List<Reason> why(RuleReason reason, double value) {
        String what = rule.definition().id() + ": " + quantity() + " " + value;
        String limit = limits.side() == Side.ABOVE ? ", limit above " : ", limit below ";
        String held = limits.hold().isZero()
                ? ""
                : " for " + DwellEvaluation.seconds(limits.hold().toNanos());
        return List.of(new Reason("rule", reason.code(), what + limit + limits.limit() + held));
    }

    private Map<String, String> attributes(double value, String unit) {
        Map<String, String> attributes = new TreeMap<>();
        attributes.put("quantity", quantity());
        attributes.put("value", Double.toString(value));
        attributes.put("limit", Double.toString(limits.limit()));
        if (!unit.isEmpty()) {
            attributes.put("unit", unit);
        }
        return attributes;
    }

    private String quantity() {
        return rule.definition().check() instanceof RuleCheck.OfReadings r
                ? r.filter().quantity()
                : "";
    }

    /** A condition that cannot be evaluated counts as met: in doubt it is told. */
    private boolean isMet(LevelState s, Reading reading) {
        if (when.isAlways()) {
            return true;
        }
        double previous = s.hasValue() ? s.value() : reading.value();
        double elapsed = s.hasValue() ? (now.steadyNanos() - s.last().steadyNanos()) / 1e9 : 0;
        double rate = elapsed > 0 ? (reading.value() - previous) / elapsed : 0;
        Map<String, Object> variables = Map.of(
                "sensor", reading.sensor(),
                "quantity", reading.quantity(),
                "unit", reading.unit(),
                "value", reading.value(),
                "previous", previous,
                "elapsed", elapsed,
                "rate", rate);
        return when.test(variables) != Condition.Verdict.NOT_MET;
    }
}
