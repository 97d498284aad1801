package io.fengsui.hub.app;

import io.fengsui.hub.console.TicketFlow;
import io.fengsui.hub.console.name.KindName;
import io.fengsui.hub.ticket.policy.TicketPolicy;
import io.fengsui.hub.ticket.policy.TitleText;
import io.fengsui.hub.ticket.workflow.Category;
import io.fengsui.hub.ticket.workflow.Effect;
import io.fengsui.hub.ticket.workflow.Guard;
import io.fengsui.hub.ticket.workflow.Role;
import io.fengsui.hub.ticket.workflow.Workflow;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Name;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the console shows of the workflows, and of the policy that makes tickets of events. Immutable. */
record WorkflowNames(List<Workflow> workflows, TicketPolicy policy) implements TicketFlow {
    WorkflowNames {
        workflows = List.copyOf(workflows);
    }

    @Override
    public List<State> states() {
        Map<String, State> states = new LinkedHashMap<>();
        for (Workflow workflow : workflows) {
            workflow.states()
                    .values()
                    .forEach(state -> states.putIfAbsent(
                            state.id(),
                            new State(state.id(), state.name(), state.category().isUnfinished())));
        }
        return List.copyOf(states.values());
    }

    @Override
    public Name stateName(String workflow, String state) {
        return workflows.stream()
                .filter(one -> one.id().equals(workflow))
                .map(one -> one.state(state).name())
                .findFirst()
                .orElse(new Name(state, state));
    }

    /** Every kind has no name of its own, and neither has one whose title begins with what is told. */
    @Override
    public List<KindName> kinds() {
        return policy.rules().stream()
                .filter(rule -> rule.isTicket() && !rule.pattern().equals("*"))
                .map(rule -> new KindName(rule.pattern(), TitleText.beginning(rule.title())))
                .filter(kind -> !kind.name().equals(Name.NONE))
                .toList();
    }

    @Override
    public boolean opensTicket(EventKind kind, Severity severity) {
        return policy.mayBeTicket(kind, severity);
    }

    @Override
    public List<Step> next(String workflow, String state) {
        return workflows.stream()
                .filter(one -> one.id().equals(workflow))
                .flatMap(one -> one.stepsFrom(state).stream().map(step -> step(one, step)))
                .toList();
    }

    private static Step step(Workflow workflow, Workflow.Step step) {
        Category to =
                step.terms().effect() == Effect.MOVE ? workflow.state(step.to()).category() : null;
        boolean takesUnit = step.terms().effect() == Effect.ASSIGN || to == Category.OPEN;
        return new Step(step.command(), step.name(), needs(step), takesUnit, to, roles(step));
    }

    private static Set<Role> roles(Workflow.Step step) {
        return Arrays.stream(Role.values()).filter(step.terms()::allows).collect(Collectors.toUnmodifiableSet());
    }

    private static List<String> needs(Workflow.Step step) {
        Set<Guard> guards = new TreeSet<>(step.terms().guards());
        switch (step.terms().effect()) {
            case ASSIGN -> guards.add(Guard.UNIT);
            case ASK_EXTENSION -> guards.add(Guard.EXTENSION);
            case COMMENT -> guards.add(Guard.NOTE);
            case MOVE, RESUME, SUPERVISE, RELEASE, GRANT_EXTENSION, DENY_EXTENSION -> {}
        }
        return guards.stream()
                .map(guard -> guard.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }
}
