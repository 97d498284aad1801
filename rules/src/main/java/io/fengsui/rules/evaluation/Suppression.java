package io.fengsui.rules.evaluation;

import io.fengsui.protocol.Reason;
import io.fengsui.rules.CompiledRule;
import io.fengsui.rules.Finding;
import io.fengsui.rules.Finding.Change;
import io.fengsui.rules.Outcome;
import io.fengsui.rules.RuleReason;
import io.fengsui.rules.RuleState;
import java.util.List;
import java.util.Map;

/** What hours, modes and mute windows make of an outcome. What was seen is remembered all the same. */
final class Suppression {
    private Suppression() {}

    /** Nothing begins; what is open goes on and may end. What still holds when the window ends is told then. */
    static Outcome muted(Outcome plain) {
        List<Finding> told = plain.findings().stream()
                .filter(f -> f.change() != Change.BEGUN && f.change() != Change.HAPPENED)
                .toList();
        if (told.size() == plain.findings().size()) {
            return plain;
        }
        boolean hasBegun = plain.findings().getLast().change() == Change.BEGUN;
        return new Outcome(hasBegun ? plain.state().shut() : plain.state(), RuleReason.MUTED, told);
    }

    /** Nothing begins, and what was open ends. */
    static Outcome off(CompiledRule rule, RuleState before, Outcome plain) {
        List<Finding> ended = plain.findings().stream()
                .filter(f -> f.change() == Change.ENDED)
                .limit(1)
                .toList();
        if (ended.isEmpty() && before.isOpen()) {
            Reason why = new Reason(
                    "rule",
                    RuleReason.OUT_OF_HOURS.code(),
                    rule.definition().id() + ": its hours or its mode are over");
            ended = List.of(new Finding(
                    Change.ENDED,
                    RuleReason.OUT_OF_HOURS,
                    rule.definition().severity(),
                    Map.of(),
                    List.of(),
                    List.of(why)));
        }
        return new Outcome(plain.state().shut(), RuleReason.OUT_OF_HOURS, ended);
    }
}
