package io.fengsui.hub.ticket;

import io.fengsui.hub.correlate.Correlation;

/** What is asked of a ticket, by a person or by what has been found. */
public sealed interface TicketCommand {

    /** @param expectedVersion negative when any will do */
    record TakeStep(String step, String note, long expectedVersion) implements TicketCommand {}

    record NoteNews(Correlation correlation) implements TicketCommand {}

    record AttachPicture(String evidence) implements TicketCommand {}

    record NoteConfirmation(String event, boolean isConfirmed) implements TicketCommand {}
}
