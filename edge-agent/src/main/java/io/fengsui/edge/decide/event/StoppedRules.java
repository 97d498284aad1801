package io.fengsui.edge.decide.event;

import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What is told of rules that {@link RuleGuard} stopped. Pure. */
public final class StoppedRules {
    private static final EventKind RULE_STOPPED = new EventKind("health.rule.stopped");

    private StoppedRules() {}

    /** @param stopped why, by rule */
    public static List<HealthNotice> begun(Map<String, String> stopped, String edge) {
        return stopped.entrySet().stream()
                .map(e -> notice(edge, e.getKey(), true, "rule " + e.getKey() + " is stopped: " + e.getValue()))
                .toList();
    }

    /** They run again. */
    public static List<HealthNotice> ended(Collection<String> rules, String edge) {
        return rules.stream()
                .map(rule -> notice(edge, rule, false, "the rules were loaded anew"))
                .toList();
    }

    private static HealthNotice notice(String edge, String rule, boolean isBegun, String detail) {
        return new HealthNotice(
                RULE_STOPPED,
                Severity.MAJOR,
                Source.edge(edge),
                rule,
                isBegun,
                isBegun ? "over-budget" : "reloaded",
                detail);
    }
}
