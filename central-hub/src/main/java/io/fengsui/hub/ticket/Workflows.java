package io.fengsui.hub.ticket;

import io.fengsui.protocol.Name;
import java.util.List;
import java.util.Map;

/** The workflows that are loaded. A ticket whose workflow is gone can be looked at, but takes no step. */
public record Workflows(Map<String, Workflow> byId) {
    public Workflows {
        byId = Map.copyOf(byId);
    }

    public Workflow of(Ticket ticket) {
        Workflow workflow = byId.get(ticket.stand().workflow());
        if (workflow != null) {
            return workflow;
        }
        String state = ticket.stand().state();
        Workflow.State only =
                new Workflow.State(state, new Name(state, state), ticket.stand().category());
        return new Workflow(ticket.stand().workflow(), only.name(), state, Map.of(state, only), List.of());
    }

    public Workflow named(String id) {
        Workflow workflow = byId.get(id);
        if (workflow == null) {
            throw new IllegalStateException("the policy names the workflow " + id + ", which is not loaded");
        }
        return workflow;
    }
}
