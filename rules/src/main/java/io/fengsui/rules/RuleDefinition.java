package io.fengsui.rules;

import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Checks;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Sha256;
import io.fengsui.rules.timing.Timing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A rule as a person wrote it: what to look for, and what to say when it is found.
 *
 * @param severity of the event; a check that escalates may raise it
 * @param lease how long an open event is believed without news; zero: for ever. While the rule holds and is watched, news
 *     is sent every half lease
 * @param wantsPicture whether the picture that it was decided on belongs to the event
 * @param timing when it counts
 * @param sequel what is asked and shown before it is told
 */
public record RuleDefinition(
        String id,
        Name name,
        EventKind kind,
        Severity severity,
        Duration lease,
        boolean wantsPicture,
        Timing timing,
        Sequel sequel,
        RuleCheck check) {
    public static final Duration DEFAULT_LEASE = Duration.ofMinutes(10);

    /** Most rules that one box runs. */
    public static final int MAX_RULES = 1000;

    /** One that always counts, and is told as it is found. */
    public RuleDefinition(
            String id,
            Name name,
            EventKind kind,
            Severity severity,
            Duration lease,
            boolean wantsPicture,
            RuleCheck check) {
        this(id, name, kind, severity, lease, wantsPicture, Timing.ALWAYS, Sequel.NONE, check);
    }

    public RuleDefinition {
        Checks.id("rule", id);
        if (lease.isNegative()) {
            throw new IllegalArgumentException("a lease is not negative: " + lease + " (rule " + id + ")");
        }
    }

    /** Twelve hex digits that change with anything that changes what the rule finds; its names do not. */
    public String version() {
        String meaning = kind + "|" + severity + "|" + lease + "|" + wantsPicture + "|" + check
                + (timing.isAlways() ? "" : "|" + timing) + (sequel.isNone() ? "" : "|" + sequel);
        return Sha256.hashOf(meaning.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 12);
    }

    /** Urgent from major upwards and for every fire; by the worst that the rule may say, as an event keeps its lane. */
    public Lane lane() {
        Severity worst = check instanceof RuleCheck.Threshold threshold ? threshold.worst(severity) : severity;
        worst = sequel.ask().isPresent() ? Severity.CRITICAL : worst;
        return worst.isAtLeast(Severity.MAJOR) || kind.value().startsWith("fire.") ? Lane.URGENT : Lane.BULK;
    }
}
