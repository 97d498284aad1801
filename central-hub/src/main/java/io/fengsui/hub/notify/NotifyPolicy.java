package io.fengsui.hub.notify;

import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.hub.grid.unit.Router;
import io.fengsui.protocol.value.Name;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /**
     * The first moment from then on at which a contact is on duty: that moment itself for one that always is; null for
     * one that never is.
     */
    public static @Nullable Instant onDutyFrom(Contact contact, Instant at, Router router, ZoneId zone) {
        Contact.Duty duty = contact.duty();
        if (duty == null) {
            return at;
        }
        LocalDateTime local = LocalDateTime.ofInstant(at, zone);
        return router.onDutyFrom(duty.unit(), duty.person(), local)
                .map(from -> from.equals(local) ? at : from.atZone(zone).toInstant())
                .orElse(null);
    }

    /** Whether it is told of such a ticket when it comes, so that it is to be reminded of it while it is not done. */
    static boolean isToldAtFirst(Contact contact, Matter matter, Router router) {
        NoticeKind routed = matter.unit().isEmpty() ? NoticeKind.UNROUTED : NoticeKind.ASSIGNED;
        return concerns(contact, matter, router.areas())
                && (contact.wants().on().contains(NoticeKind.OPENED)
                        || (router.isUsed() && contact.wants().on().contains(routed)));
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
