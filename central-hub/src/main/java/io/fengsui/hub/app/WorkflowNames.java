package io.fengsui.hub.app;

import io.fengsui.hub.console.TicketFlow;
import io.fengsui.hub.ticket.workflow.Category;
import io.fengsui.hub.ticket.workflow.Workflow;
import io.fengsui.protocol.value.Name;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the console shows of the workflows. Immutable. */
record WorkflowNames(List<Workflow> workflows) implements TicketFlow {
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
                            state.id(), new State(state.id(), state.name(), state.category() == Category.OPEN)));
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

    @Override
    public List<Step> next(String workflow, String state) {
        return workflows.stream()
                .filter(one -> one.id().equals(workflow))
                .flatMap(one -> one.stepsFrom(state).stream())
                .map(step -> new Step(step.command(), step.name()))
                .toList();
    }
}
