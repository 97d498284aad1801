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
 */
public record ActionSettings(
        String name, List<String> kinds, Severity minSeverity, Deed deed, String template, Effort effort) {
    /** Most kinds of one action. */
    public static final int MAX_KINDS = 64;

    /**
     * How often it is done.
     *
     * @param coolDown the same action is not repeated for the same dedup key within this time
     * @param tries how often it is tried before it has failed
     * @param pause between two tries
     */
    public record Effort(Duration coolDown, int tries, Duration pause) {
        public static final int USUAL_TRIES = 3;
        public static final Duration USUAL_PAUSE = Duration.ofSeconds(2);

        public Effort {
            if (coolDown.isNegative() || pause.isNegative()) {
                throw new IllegalArgumentException("a cool-down and a pause are not negative");
            }
            if (tries < 1 || tries > 20) {
                throw new IllegalArgumentException("an action is tried 1 to 20 times, not " + tries);
            }
        }
    }

    /** One that publishes, tried once. */
    public ActionSettings(
            String name,
            List<String> kinds,
            Severity minSeverity,
            String broker,
            String topic,
            String template,
            Duration coolDown) {
        this(
                name,
                kinds,
                minSeverity,
                new Deed.Publish(broker, topic, "", Duration.ZERO),
                template,
                new Effort(coolDown, 1, Effort.USUAL_PAUSE));
    }

    public ActionSettings {
        Checks.id("action", name);
        Checks.text("template", template);
        Checks.count("kinds", kinds.size(), MAX_KINDS);
        kinds = List.copyOf(kinds);
    }

    /** Events of actions are no reason to act. */
    boolean takes(EventKind kind, Severity severity) {
        return !kind.value().startsWith("action.")
                && severity.isAtLeast(minSeverity)
                && kinds.stream().anyMatch(k -> matches(k, kind.value()));
    }

    private static boolean matches(String wanted, String kind) {
        return wanted.endsWith(".*") ? kind.startsWith(wanted.substring(0, wanted.length() - 1)) : wanted.equals(kind);
    }
}
