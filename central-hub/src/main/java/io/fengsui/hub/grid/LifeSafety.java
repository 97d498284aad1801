package io.fengsui.hub.grid;

import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import java.util.List;
import java.util.stream.Stream;

/**
 * What lives hang on: fire, gas, high water, alarm buttons, calls for help, somebody who drowns; and whatever is critical, but
 * for what Fengsui says of its own parts, which tells of no place. Announced work holds such a thing back only where it names
 * the very source: whoever tests a smoke detector names it, and one that nobody named has seen smoke. Pure.
 */
public final class LifeSafety {
    /** These kinds. */
    public static final List<KindPattern> KINDS = Stream.of(
                    "fire.*",
                    "gas.*",
                    "water.level.*",
                    "water.flood",
                    "safety.alarm-button",
                    "safety.help",
                    "safety.drowning")
            .map(KindPattern::new)
            .toList();

    private LifeSafety() {}

    /** Whether lives hang on it, as severe as it is now. */
    public static boolean concerns(EventKind kind, Severity severity) {
        return (severity == Severity.CRITICAL && !kind.isHealth())
                || KINDS.stream().anyMatch(one -> one.matches(kind));
    }

    /** Whether work that names these sources, or none, may hold back what this source says. */
    public static boolean mayWait(List<String> sources, String source, EventKind kind, Severity severity) {
        return sources.contains(source) || !concerns(kind, severity);
    }

    /** Whether lives hang on all that somebody means with this: work that names it and no source would hold back nothing of it. */
    public static boolean isAll(KindPattern named) {
        return KINDS.stream().anyMatch(one -> one.covers(named));
    }

    /** What of that which somebody means with these kinds lives hang on, however severe it is; none named: all kinds. */
    public static List<KindPattern> within(List<KindPattern> named) {
        List<KindPattern> meant = named.isEmpty() ? List.of(KindPattern.ALL) : named;
        return meant.stream()
                .flatMap(pattern -> KINDS.stream()
                        .filter(one -> one.covers(pattern) || pattern.covers(one))
                        .map(one -> one.covers(pattern) ? pattern : one))
                .distinct()
                .toList();
    }
}
