package io.fengsui.hub.console;

import io.fengsui.protocol.Name;
import java.util.List;

/** What the console must know of the flow of tickets, which is data: names of states, and the steps that may come next. */
public interface TicketFlow {
    /** All states of all flows, in their order. */
    List<String> states();

    Name stateName(String state);

    /** What may be done with a ticket in this state, the ordinary step first. */
    List<Step> next(String state);

    /** One thing that may be done. */
    record Step(String command, Name name) {}
}
