package io.fengsui.hub.notify;

import io.fengsui.hub.grid.KindPattern;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.hub.ticket.Ticket;
import io.fengsui.protocol.value.Name;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is told what, and how. Immutable. */
public record NotifyPolicy(List<Channel> channels, List<Contact> contacts, Map<NoticeKind, Name> templates) {
    /** Nobody is told anything. */
    public static final NotifyPolicy NONE = new NotifyPolicy(List.of(), List.of(), Map.of());

    public NotifyPolicy {
        channels = List.copyOf(channels);
        contacts = List.copyOf(contacts);
        templates = Map.copyOf(templates);
    }

    public Optional<Channel> channel(String id) {
        return channels.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    public Optional<Contact> contact(String id) {
        return contacts.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    static boolean wants(Contact contact, NoticeKind kind, Ticket ticket, AreaBook areas) {
        Contact.Wants wants = contact.wants();
        return wants.on().contains(kind)
                && ticket.matter().severity().isAtLeast(wants.least())
                && (wants.units().isEmpty()
                        || wants.units().contains(ticket.care().unit()))
                && (wants.kinds().isEmpty() || matches(wants.kinds(), ticket))
                && (wants.areas().isEmpty()
                        || wants.areas().stream()
                                .anyMatch(area ->
                                        areas.isWithin(ticket.where().place().grid(), area)));
    }

    private static boolean matches(List<KindPattern> kinds, Ticket ticket) {
        return kinds.stream()
                .anyMatch(pattern -> pattern.matches(ticket.matter().kind()));
    }
}
