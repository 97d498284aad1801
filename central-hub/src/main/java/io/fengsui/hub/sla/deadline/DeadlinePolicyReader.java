package io.fengsui.hub.sla.deadline;

import io.fengsui.hub.grid.KindPattern;
import io.fengsui.hub.ticket.workflow.Workflow;
import io.fengsui.protocol.Severity;
import io.fengsui.rules.calendar.CalendarReader;
import io.fengsui.rules.calendar.Limit;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem;
import io.fengsui.settings.ValueReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads how long tickets may take from its YAML file. */
public final class DeadlinePolicyReader {
    private DeadlinePolicyReader() {}

    /** @param workflows that rules may name; null when that is not to be checked */
    public static Optional<DeadlinePolicy> policy(MapReader map, @Nullable List<Workflow> workflows) {
        List<Integer> warnings = map.list("warn-at", value -> value.integer(1, 99));
        List<Integer> percents = new ArrayList<>(map.has("warn-at") ? warnings : List.of(50, 80));
        for (int i = 1; i < percents.size(); i++) {
            if (percents.get(i) <= percents.get(i - 1)) {
                map.problem("warn-at", Problem.Code.VALUE, "the percentages do not rise", "such as [50, 80]");
            }
        }
        percents.add(Deadline.PASSED);
        List<DeadlinePolicy.Rule> rules = map.maps("rules", rule -> rule(rule, workflows));
        return map.finish(() -> new DeadlinePolicy(percents, rules));
    }

    private static Optional<DeadlinePolicy.Rule> rule(MapReader map, @Nullable List<Workflow> workflows) {
        List<KindPattern> kinds = map.list("kinds", KindPattern::read);
        Severity least = map.enumeration("min-severity", Severity.class, Severity.INFO);
        List<String> ids = map.list("workflows", ValueReader::string);
        List<String> areas = map.list("areas", ValueReader::string);
        Optional<Limit> whole = map.value("whole").flatMap(CalendarReader::limit);
        Map<String, Limit> states = new LinkedHashMap<>();
        map.map("states").ifPresent(limits -> {
            limits.values()
                    .forEach(
                            (state, value) -> CalendarReader.limit(value).ifPresent(limit -> states.put(state, limit)));
            if (workflows != null) {
                checkStates(limits, states.keySet(), ids, workflows);
            }
            limits.finish(() -> true);
        });
        if (workflows != null) {
            Set<String> known = workflows.stream().map(Workflow::id).collect(Collectors.toUnmodifiableSet());
            ids.stream()
                    .filter(id -> !known.contains(id))
                    .forEach(id -> map.problem(
                            "workflows",
                            Problem.Code.REFERENCE,
                            "there is no workflow '" + id + "'",
                            "one of " + known));
        }
        return map.finish(() -> new DeadlinePolicy.Rule(
                kinds.isEmpty() ? List.of(KindPattern.ALL) : kinds,
                least,
                ids,
                areas,
                new DeadlinePolicy.Limits(whole.orElse(null), states)));
    }

    private static void checkStates(MapReader limits, Set<String> states, List<String> ids, List<Workflow> workflows) {
        Set<String> known = workflows.stream()
                .filter(workflow -> ids.isEmpty() || ids.contains(workflow.id()))
                .flatMap(workflow -> workflow.states().keySet().stream())
                .collect(Collectors.toUnmodifiableSet());
        Stream.of(states)
                .flatMap(Set::stream)
                .filter(state -> !known.contains(state))
                .forEach(state -> limits.problem(
                        state,
                        Problem.Code.REFERENCE,
                        "no workflow that this is for has a state '" + state + "'",
                        "one of " + known.stream().sorted().toList()));
    }
}
