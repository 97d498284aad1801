package io.fengsui.hub.console;

import io.fengsui.hub.console.name.KindName;
import io.fengsui.hub.ticket.workflow.Category;
import io.fengsui.hub.ticket.workflow.Role;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Name;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the console must know of the flow of tickets, which is data: names of states, and the steps that may come next. */
public interface TicketFlow {
    /** All states of all workflows, in their order, each id once. */
    List<State> states();

    Name stateName(String workflow, String state);

    /** Kinds of events of which there are tickets, and what people call them; the more particular ones before. */
    List<KindName> kinds();

    /** Whether the policy makes tickets of events of this kind that are as severe as this. */
    boolean opensTicket(EventKind kind, Severity severity);

    /** What may be done with a ticket in this state, the ordinary step first. */
    List<Step> next(String workflow, String state);

    /** A state; open while a ticket in it still wants somebody's work. */
    record State(String id, Name name, boolean isOpen) {}

    /**
     * One thing that may be done.
     *
     * @param needs what must come with it: note, unit, until, extension …
     * @param takesUnit whether it may hand the ticket to a unit
     * @param leadsTo the category of the state that it leads to; null where it leads to none, or back to where the ticket was
     * @param roles who may take it
     */
    record Step(
            String command,
            Name name,
            List<String> needs,
            boolean takesUnit,
            @Nullable Category leadsTo,
            Set<Role> roles) {
        public Step {
            needs = List.copyOf(needs);
            roles = Set.copyOf(roles);
        }
    }
}
