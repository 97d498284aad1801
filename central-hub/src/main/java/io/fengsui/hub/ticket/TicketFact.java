package io.fengsui.hub.ticket;

import io.fengsui.hub.correlate.CorrelateReason;
import io.fengsui.hub.ticket.workflow.Category;
import io.fengsui.protocol.Severity;
import java.time.Instant;

/** Something that has happened to a ticket. */
public sealed interface TicketFact {

    /** @param event the event that it was opened for */
    record Opened(
            Ticket.Matter matter, Ticket.Where where, String workflow, String state, Instant occurred, String event)
            implements TicketFact {}

    record Moved(String step, String from, String to, Category category, String note) implements TicketFact {}

    /** One more event of the same incident. */
    record EventJoined(String event, CorrelateReason reason) implements TicketFact {}

    record SeverityRaised(Severity from, Severity to) implements TicketFact {}

    /** What caused it is over; that closes nothing. */
    record ConditionCleared(Instant ended) implements TicketFact {}

    record ConditionReturned(String event) implements TicketFact {}

    record PictureAttached(String evidence) implements TicketFact {}

    /** Its edge is silent, or does not hold it any more: whether the condition still holds is not known. */
    record EventUnconfirmed(String event) implements TicketFact {}

    record EventConfirmed(String event) implements TicketFact {}
}
