package io.fengsui.hub.ticket.workflow;

import io.fengsui.protocol.value.Name;
import java.util.List;
import java.util.Map;

/** The workflows that are loaded. A ticket whose workflow is gone can be looked at, but takes no step. */
public record Workflows(Map<String, Workflow> byId) {
    public Workflows {
        byId = Map.copyOf(byId);
    }

    /** The workflow of a ticket that is in this state. */
    public Workflow of(String id, String state, Category category) {
        Workflow workflow = byId.get(id);
        if (workflow != null) {
            return workflow;
        }
        Workflow.State only = new Workflow.State(state, new Name(state, state), category);
        return new Workflow(id, only.name(), state, Map.of(state, only), List.of());
    }

    public Workflow named(String id) {
        Workflow workflow = byId.get(id);
        if (workflow == null) {
            throw new IllegalStateException("the policy names the workflow " + id + ", which is not loaded");
        }
        return workflow;
    }
}
