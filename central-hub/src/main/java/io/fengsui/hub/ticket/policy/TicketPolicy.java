package io.fengsui.hub.ticket.policy;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Name;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Which events become tickets, and under what title: rules as data, of which the first that matches decides. Pure. */
public record TicketPolicy(List<Rule> rules) {

    /**
     * @param pattern a kind, or a kind's beginning followed by {@code .*}, or {@code *}
     * @param isTicket false: these are kept as incidents only
     * @param title texts with {@code {place}}, {@code {source}}, {@code {zone}}, {@code {site}} or {@code {kind}} in them
     */
    public record Rule(String pattern, boolean isTicket, Severity minSeverity, Name title, String workflow, Late late) {

        boolean matches(EventKind kind) {
            if (pattern.equals("*")) {
                return true;
            }
            return pattern.endsWith(".*")
                    ? kind.value().startsWith(pattern.substring(0, pattern.length() - 1))
                    : kind.value().equals(pattern);
        }
    }

    /** What to do with an event that comes this long {@code after} its occurrence. */
    public record Late(Duration after, LateAction action) {}

    /** What becomes of a late event. */
    public enum LateAction {
        /** A ticket all the same. */
        TICKET,
        /** Kept only; one that is open gets its ticket when its edge says that it still is. */
        INCIDENT,
        /** Kept only, whatever its edge says of it. */
        ARCHIVE
    }

    /** Why there is a ticket, or none. */
    public enum PolicyReason {
        TICKET,
        /** No rule matches the kind. */
        NO_RULE,
        /** The rule says: no ticket. */
        NOT_WANTED,
        /** Not severe enough. */
        TOO_MILD,
        /** It happened so long ago that nobody is to be sent. */
        TOO_LATE,
        /** That it is open was said so long ago that its edge must say it again first. */
        STALE
    }

    /** @param rule the one that matched; the last resort's shape when none did */
    public record Ruling(PolicyReason reason, Rule rule) {
        public boolean isTicket() {
            return reason == PolicyReason.TICKET;
        }
    }

    private static final Rule NONE =
            new Rule("*", false, Severity.CRITICAL, Name.NONE, "", new Late(Duration.ZERO, LateAction.INCIDENT));

    public TicketPolicy {
        rules = List.copyOf(rules);
    }

    /**
     * Rules on an event.
     *
     * @param occurred when it began, by the hub's clock
     * @param told when what is known of it was said, by the hub's clock
     */
    public Ruling decide(Event event, Instant occurred, Instant told, Instant now) {
        for (Rule rule : rules) {
            if (rule.matches(event.kind())) {
                boolean isOld = isPast(rule, occurred, now);
                return new Ruling(reason(rule, event, isOld, isPast(rule, told, now)), rule);
            }
        }
        return new Ruling(PolicyReason.NO_RULE, NONE);
    }

    /** Whether some event of this kind may become a ticket. */
    public boolean mayBeTicket(EventKind kind) {
        return mayBeTicket(kind, Severity.CRITICAL);
    }

    /** Whether one of this kind may that is no more severe than this. */
    public boolean mayBeTicket(EventKind kind, Severity severity) {
        return rules.stream()
                .filter(rule -> rule.matches(kind))
                .findFirst()
                .map(rule -> rule.isTicket() && severity.isAtLeast(rule.minSeverity()))
                .orElse(false);
    }

    private static boolean isPast(Rule rule, Instant then, Instant now) {
        return Duration.between(then, now).compareTo(rule.late().after()) > 0;
    }

    private static PolicyReason reason(Rule rule, Event event, boolean isOld, boolean isStale) {
        if (!rule.isTicket()) {
            return PolicyReason.NOT_WANTED;
        }
        if (!event.severity().isAtLeast(rule.minSeverity())) {
            return PolicyReason.TOO_MILD;
        }
        // An open condition still holds, however long ago it began, when that was said lately.
        return switch (rule.late().action()) {
            case TICKET -> PolicyReason.TICKET;
            case ARCHIVE -> isOld ? PolicyReason.TOO_LATE : PolicyReason.TICKET;
            case INCIDENT -> {
                if (event.phase().isOpen()) {
                    yield isStale ? PolicyReason.STALE : PolicyReason.TICKET;
                }
                yield isOld ? PolicyReason.TOO_LATE : PolicyReason.TICKET;
            }
        };
    }
}
