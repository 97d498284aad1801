package io.fengsui.hub.notify.repeat;

import io.fengsui.hub.notify.Contact;
import io.fengsui.hub.notify.DeliveryDesk;
import io.fengsui.hub.notify.NotifyPolicy;
import io.fengsui.hub.ticket.Ticket;
import io.fengsui.hub.ticket.TicketDesk;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes once through what is not done when the hub starts, some at a time: what was opened before there were reminders, or
 * before a contact asked for them, is to be reminded of like everything else. Writer's thread only.
 */
final class Backlog {
    private static final int AT_ONCE = 256;

    private final List<Contact> reminded;
    private final TicketDesk tickets;
    private final DeliveryDesk deliveries;
    private boolean isDone;
    private @Nullable Ticket last;

    Backlog(NotifyPolicy policy, TicketDesk tickets, DeliveryDesk deliveries) {
        this.reminded = policy.contacts().stream()
                .filter(contact -> contact.manners().grouping().repeat().isPositive())
                .toList();
        this.tickets = tickets;
        this.deliveries = deliveries;
        this.isDone = reminded.isEmpty();
    }

    /** Sets what timers are missing among the next tickets; one that stands stays as it is. */
    void goOn(DeliveryDesk.Told told, Instant now) {
        if (isDone) {
            return;
        }
        List<Ticket> next = tickets.unfinished(last, AT_ONCE);
        for (Ticket ticket : next) {
            reminded.stream()
                    .filter(contact -> deliveries.isToldAtFirst(contact, ticket))
                    .forEach(contact -> told.missed(contact, ticket, now, null));
        }
        isDone = next.size() < AT_ONCE;
        last = isDone ? null : next.getLast();
    }

    /** A transaction was rolled back, and its timers with it. */
    void startOver() {
        isDone = reminded.isEmpty();
        last = null;
    }
}
