package io.fengsui.hub.app;

import io.fengsui.hub.console.TicketFlow;
import io.fengsui.hub.ticket.Workflow;
import io.fengsui.protocol.Name;
import java.util.List;

/** What the console shows of the workflows. Immutable. */
record WorkflowNames(List<Workflow> workflows) implements TicketFlow {
    WorkflowNames {
        workflows = List.copyOf(workflows);
    }

    @Override
    public List<String> states() {
        return workflows.stream()
                .flatMap(workflow -> workflow.states().keySet().stream())
                .distinct()
                .toList();
    }

    @Override
    public Name stateName(String state) {
        return workflows.stream()
                .filter(workflow -> workflow.states().containsKey(state))
                .map(workflow -> workflow.state(state).name())
                .findFirst()
                .orElse(new Name(state, state));
    }

    @Override
    public List<Step> next(String state) {
        return workflows.stream()
                .flatMap(workflow -> workflow.stepsFrom(state).stream())
                .map(step -> new Step(step.command(), step.name()))
                .distinct()
                .toList();
    }
}
