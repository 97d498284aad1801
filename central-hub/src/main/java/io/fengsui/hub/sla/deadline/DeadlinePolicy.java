package io.fengsui.hub.sla.deadline;

import io.fengsui.hub.grid.KindPattern;
import io.fengsui.hub.ticket.Ticket;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import io.fengsui.rules.calendar.Limit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long tickets may take, by class, severity, area and state: the first rule that matches decides. Pure.
 *
 * @param percents of the time at which it is told, rising; the last is 100
 */
public record DeadlinePolicy(List<Integer> percents, List<Rule> rules) {
    /** No deadlines at all. */
    public static final DeadlinePolicy NONE = new DeadlinePolicy(List.of(Deadline.PASSED), List.of());

    /** Whether a grid lies in an area. */
    @FunctionalInterface
    public interface Areas {
        boolean isWithin(String grid, String area);
    }

    /**
     * @param kinds of tickets that it is for
     * @param workflows ids; empty for every one
     * @param areas codes; empty for every place
     * @param limits which it sets
     */
    public record Rule(
            List<KindPattern> kinds, Severity least, List<String> workflows, List<String> areas, Limits limits) {
        public Rule {
            kinds = List.copyOf(kinds);
            workflows = List.copyOf(workflows);
            areas = List.copyOf(areas);
        }

        boolean matches(Ticket ticket, Areas where) {
            EventKind kind = ticket.matter().kind();
            String grid = ticket.where().place().grid();
            return ticket.matter().severity().isAtLeast(least)
                    && kinds.stream().anyMatch(pattern -> pattern.matches(kind))
                    && (workflows.isEmpty() || workflows.contains(ticket.stand().workflow()))
                    && (areas.isEmpty() || areas.stream().anyMatch(area -> where.isWithin(grid, area)));
        }
    }

    /** @param whole from opening to closing; null for ever */
    public record Limits(@Nullable Limit whole, Map<String, Limit> states) {
        static final Limits NONE = new Limits(null, Map.of());

        public Limits {
            states = Map.copyOf(states);
        }

        /** @param step a state, or {@link Deadline.Key#WHOLE} */
        @Nullable
        Limit of(String step) {
            return step.equals(Deadline.Key.WHOLE) ? whole : states.get(step);
        }
    }

    public DeadlinePolicy {
        percents = List.copyOf(percents);
        rules = List.copyOf(rules);
        if (percents.isEmpty() || percents.getLast() != Deadline.PASSED) {
            throw new IllegalArgumentException("the last percentage is 100");
        }
    }

    Limits limits(Ticket ticket, Areas areas) {
        return rules.stream()
                .filter(rule -> rule.matches(ticket, areas))
                .findFirst()
                .map(Rule::limits)
                .orElse(Limits.NONE);
    }
}
