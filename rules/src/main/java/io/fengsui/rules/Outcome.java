package io.fengsui.rules;

import java.util.List;

/**
 * What an evaluation gave.
 *
 * @param reason also when nothing was found
 */
public record Outcome(RuleState state, RuleReason reason, List<Finding> findings) {
    public Outcome {
        findings = List.copyOf(findings);
    }

    public static Outcome nothing(RuleState state, RuleReason reason) {
        return new Outcome(state, reason, List.of());
    }
}
