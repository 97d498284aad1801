package io.fengsui.hub.notify;

import io.fengsui.hub.grid.place.Area;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.hub.grid.place.AreaLevel;
import io.fengsui.hub.grid.unit.Router;
import io.fengsui.hub.notify.channel.Channel;
import io.fengsui.protocol.value.Name;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
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

    /** What is odd in the templates and keeps nobody from being told: places for words that there are none for. For people. */
    public List<String> warnings() {
        return Arrays.stream(NoticeKind.values())
                .filter(templates::containsKey)
                .flatMap(kind -> Stream.concat(
                        warning(
                                kind,
                                "zh",
                                Objects.requireNonNull(templates.get(kind)).zh()),
                        warning(
                                kind,
                                "en",
                                Objects.requireNonNull(templates.get(kind)).en())))
                .toList();
    }

    private static Stream<String> warning(NoticeKind kind, String language, String text) {
        List<String> unknown = Template.unknown(kind, text);
        return unknown.isEmpty()
                ? Stream.empty()
                : Stream.of("templates." + kind.label() + "." + language + " names {" + String.join("}, {", unknown)
                        + "}, which is sent as it stands: it may name " + Template.known(kind));
    }

    public Optional<Channel> channel(String id) {
        return channels.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    public Optional<Contact> contact(String id) {
        return contacts.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /**
     * The leaders of an area of this level, or of the next larger one that has any; empty when none of them has.
     *
     * @param path where something is, the smallest area first
     */
    public List<String> leaders(List<Area> path, AreaLevel level) {
        return path.stream()
                .filter(area -> area.level().compareTo(level) <= 0)
                .map(area -> contacts.stream()
                        .filter(contact -> contact.leads().contains(area.code()))
                        .map(Contact::id)
                        .toList())
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
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
