package io.fengsui.hub.ticket.policy;

import io.fengsui.hub.ticket.workflow.WorkflowReader;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Name;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the ticket policy from its YAML file. */
public final class TicketPolicyReader {
    private static final Pattern KINDS = Pattern.compile("\\*|[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)*(\\.\\*)?");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]*)}");
    private static final Duration YEAR = Duration.ofDays(366);

    private TicketPolicyReader() {}

    /** @param workflows ids that a rule may name; null when that is not to be checked */
    public static Optional<TicketPolicy> policy(MapReader map, @Nullable Set<String> workflows) {
        String standard = map.id("default-workflow");
        requireWorkflow(map, "default-workflow", standard, workflows);
        List<TicketPolicy.Rule> rules = map.maps("rules", rule -> rule(rule, standard, workflows));
        return map.finish(() -> new TicketPolicy(rules));
    }

    private static Optional<TicketPolicy.Rule> rule(MapReader map, String standard, @Nullable Set<String> workflows) {
        String pattern = map.matching("kind", KINDS, "a kind such as fire.smoke, its beginning as fire.*, or *");
        boolean isTicket = map.bool("ticket", true);
        Severity least = map.enumeration("min-severity", Severity.class, Severity.INFO);
        Name title = isTicket ? title(map) : Name.NONE;
        String workflow = map.string("workflow", standard);
        requireWorkflow(map, "workflow", workflow, workflows);
        Duration after = map.duration("late-after", Duration.ZERO, YEAR, Duration.ofHours(24));
        TicketPolicy.LateAction action =
                map.enumeration("late", TicketPolicy.LateAction.class, TicketPolicy.LateAction.INCIDENT);
        return map.finish(() ->
                new TicketPolicy.Rule(pattern, isTicket, least, title, workflow, new TicketPolicy.Late(after, action)));
    }

    private static Name title(MapReader map) {
        if (!map.has("title")) {
            map.problem("title", Problem.Code.MISSING, "a rule with tickets needs a title", "title: {zh: …, en: …}");
            return Name.NONE;
        }
        Name title = WorkflowReader.name(map, "title");
        for (String text : List.of(title.zh(), title.en())) {
            Matcher matcher = PLACEHOLDER.matcher(text);
            while (matcher.find()) {
                if (!TitleText.PLACEHOLDERS.contains(matcher.group(1))) {
                    map.problem(
                            "title",
                            Problem.Code.VALUE,
                            "nothing is known as {" + matcher.group(1) + "}",
                            "one of " + TitleText.PLACEHOLDERS);
                }
            }
        }
        return title;
    }

    private static void requireWorkflow(MapReader map, String key, String workflow, @Nullable Set<String> workflows) {
        if (workflows != null && !workflow.isEmpty() && !workflows.contains(workflow)) {
            map.problem(key, Problem.Code.REFERENCE, "there is no workflow '" + workflow + "'", "one of " + workflows);
        }
    }
}
