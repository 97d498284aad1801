package io.fengsui.hub.notify;

import io.fengsui.hub.ticket.Ticket;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;

/** What of a ticket decides who is told of it. */
public record Matter(String ticket, EventKind kind, Severity severity, String unit, String grid, String source) {
    public static Matter of(Ticket ticket) {
        return new Matter(
                ticket.id().text(),
                ticket.matter().kind(),
                ticket.matter().severity(),
                ticket.care().unit(),
                ticket.where().place().grid(),
                ticket.where().source().id());
    }
}
