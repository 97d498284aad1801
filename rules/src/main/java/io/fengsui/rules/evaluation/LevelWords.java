package io.fengsui.rules.evaluation;

import io.fengsui.protocol.Reason;
import io.fengsui.rules.RuleCheck;
import io.fengsui.rules.RuleCheck.Side;
import io.fengsui.rules.RuleDefinition;
import io.fengsui.rules.RuleReason;
import io.fengsui.rules.RuleState.LevelState;
import io.fengsui.rules.series.Derivation;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a rule of readings says of what it found. */
record LevelWords(RuleDefinition rule, Limits limits) {
    /** Why an event begins. */
    RuleReason begun() {
        if (rule.check() instanceof RuleCheck.State) {
            return RuleReason.ACTIVE;
        }
        return switch (limits.of()) {
            case Derivation.Value _ -> limits.side() == Side.BELOW ? RuleReason.BELOW : RuleReason.ABOVE;
            case Derivation.Rate _ -> RuleReason.CHANGES_FAST;
            case Derivation.Use _ -> limits.side() == Side.BELOW ? RuleReason.NOT_USED : RuleReason.USED_TOO_MUCH;
            case Derivation.Silence _ -> RuleReason.ABSENT;
            case Derivation.Same _ -> RuleReason.STUCK;
        };
    }

    List<Reason> why(RuleReason reason, LevelState s) {
        String what = rule.id() + ": " + quantity() + " " + s.value();
        String limit = (limits.side() == Side.ABOVE ? ", limit above " : ", limit below ") + limits.limit();
        String held = limits.hold().isZero()
                ? ""
                : " for " + DwellEvaluation.seconds(limits.hold().toNanos());
        String derived = switch (limits.of()) {
            case Derivation.Value _ -> limit + held;
            case Derivation.Rate rate ->
                ", changes by " + s.trail().level() + " a second (" + perHour(s) + " an hour) over " + rate.window()
                        + limit + held;
            case Derivation.Use use -> ", grew by " + s.trail().level() + " in " + use.window() + limit + held;
            case Derivation.Silence _ ->
                ", nothing heard for " + (long) s.trail().level() + " s" + limit + " s";
            case Derivation.Same _ -> ", the same for " + (long) s.trail().level() + " s" + limit + " s";
        };
        return List.of(new Reason("rule", reason.code(), what + derived));
    }

    Map<String, String> attributes(LevelState s, String unit) {
        Map<String, String> attributes = new TreeMap<>();
        attributes.put("quantity", quantity());
        attributes.put("value", Double.toString(s.value()));
        attributes.put("limit", Double.toString(limits.limit()));
        switch (limits.of()) {
            case Derivation.Value _ -> attributes.remove("");
            case Derivation.Rate _ -> {
                attributes.put("rate-per-second", Double.toString(s.trail().level()));
                attributes.put("rate-per-hour", perHour(s));
            }
            case Derivation.Use use -> {
                attributes.put("used", Double.toString(s.trail().level()));
                attributes.put("window-seconds", Long.toString(use.window().toSeconds()));
            }
            case Derivation.Silence _ ->
                attributes.put("silent-seconds", Long.toString((long) s.trail().level()));
            case Derivation.Same _ ->
                attributes.put("same-seconds", Long.toString((long) s.trail().level()));
        }
        if (!unit.isEmpty()) {
            attributes.put("unit", unit);
        }
        return attributes;
    }

    /** As people say it of a river, and a loudspeaker may. */
    private static String perHour(LevelState s) {
        double level = s.trail().level() * 3600;
        return Double.isFinite(level)
                ? new BigDecimal(level, new MathContext(4)).stripTrailingZeros().toPlainString()
                : Double.toString(level);
    }

    private String quantity() {
        return rule.check() instanceof RuleCheck.OfReadings r ? r.filter().quantity() : "";
    }
}
