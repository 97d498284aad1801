package io.fengsui.hub.ticket;

import java.util.List;

/** What a command leads to: facts, perhaps none, and why. */
public record TicketDecision(TicketReason reason, List<TicketFact> facts) {
    public TicketDecision {
        facts = List.copyOf(facts);
    }

    static TicketDecision none(TicketReason reason) {
        return new TicketDecision(reason, List.of());
    }
}
