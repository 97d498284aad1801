package io.fengsui.hub.notify;

import io.fengsui.hub.grid.place.AreaBook;
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

    static boolean wants(Contact contact, NoticeKind kind, Matter matter, AreaBook areas) {
        return contact.wants().on().contains(kind) && concerns(contact, matter, areas);
    }

    /** Whether it is one of the tickets that somebody wants to know of at all. */
    static boolean concerns(Contact contact, Matter matter, AreaBook areas) {
        Contact.Wants wants = contact.wants();
        return matter.severity().isAtLeast(wants.least())
                && (wants.units().isEmpty() || wants.units().contains(matter.unit()))
                && (wants.kinds().isEmpty()
                        || wants.kinds().stream().anyMatch(pattern -> pattern.matches(matter.kind())))
                && (wants.areas().isEmpty()
                        || wants.areas().stream().anyMatch(area -> areas.isWithin(matter.grid(), area)));
    }
}
