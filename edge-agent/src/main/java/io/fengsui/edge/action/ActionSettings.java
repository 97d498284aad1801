package io.fengsui.edge.action;

import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Checks;
import java.time.Duration;
import java.util.List;

/**
 * Something to be done when events of these kinds begin.
 *
 * @param kinds dotted kinds; one that ends in {@code .*} takes all below it
 * @param template text with {@code {kind} {place} {subject} {severity} {value} {time}}, {@code {en:place}} and any
 *     {@code {attribute}}
 * @param coolDown the same action is not repeated for the same dedup key within this time
 */
public record ActionSettings(
        String name,
        List<String> kinds,
        Severity minSeverity,
        String broker,
        String topic,
        String template,
        Duration coolDown) {
    /** Most kinds of one action. */
    public static final int MAX_KINDS = 64;

    public ActionSettings {
        Checks.id("action", name);
        Checks.id("broker", broker);
        Checks.id("topic", topic);
        Checks.text("template", template);
        Checks.count("kinds", kinds.size(), MAX_KINDS);
        kinds = List.copyOf(kinds);
        if (topic.contains("+") || topic.contains("#")) {
            throw new IllegalArgumentException("an action publishes to one topic, without + and #");
        }
        if (coolDown.isNegative()) {
            throw new IllegalArgumentException("a cool-down is not negative");
        }
    }

    boolean takes(EventKind kind, Severity severity) {
        return severity.isAtLeast(minSeverity) && kinds.stream().anyMatch(k -> matches(k, kind.value()));
    }

    private static boolean matches(String wanted, String kind) {
        return wanted.endsWith(".*") ? kind.startsWith(wanted.substring(0, wanted.length() - 1)) : wanted.equals(kind);
    }
}
