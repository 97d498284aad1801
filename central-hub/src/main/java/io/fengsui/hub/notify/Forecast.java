package io.fengsui.hub.notify;

import io.fengsui.hub.grid.unit.Router;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What will be told of a ticket if nobody does anything about it: to whom, when, and why then. Pure. */
public final class Forecast {
    /** What people are told by. */
    public record Terms(NotifyPolicy policy, Router router, ZoneId zone) {}

    /**
     * Something that will happen to the ticket.
     *
     * @param contacts who are told; null: whoever wants to know of it
     */
    public record Coming(
            NoticeKind notice, Instant at, @Nullable List<String> contacts) {}

    /**
     * @param due when the message goes; null when none does
     * @param reason of {@link SendReason}; or {@code silenced}
     */
    public record Line(
            NoticeKind notice,
            Instant at,
            String contact,
            String channel,
            @Nullable Instant due,
            String reason) {}

    /** What went and will go to a contact by a channel. */
    @FunctionalInterface
    public interface Past {
        List<Delivery> of(String contact, String channel);
    }

    private record Asked(Matter matter, Terms terms, Past past, Predicate<Instant> isSilenced) {}

    private Forecast() {}

    /** In the order in which it happens. */
    public static List<Line> of(
            Matter matter, List<Coming> coming, Terms terms, Past past, Predicate<Instant> isSilenced) {
        Asked asked = new Asked(matter, terms, past, isSilenced);
        List<Line> lines = new ArrayList<>();
        for (Coming one : coming) {
            for (Contact contact : told(matter, one, terms)) {
                contact.channels().forEach(channel -> lines.add(line(asked, one, contact, channel)));
            }
        }
        lines.sort(Comparator.comparing(Line::at).thenComparing(Line::contact).thenComparing(Line::channel));
        return lines;
    }

    private static List<Contact> told(Matter matter, Coming coming, Terms terms) {
        List<String> named = coming.contacts();
        if (named == null) {
            return terms.policy().contacts().stream()
                    .filter(contact -> isOnDuty(contact, coming.at(), terms)
                            && NotifyPolicy.wants(
                                    contact,
                                    coming.notice(),
                                    matter,
                                    terms.router().areas()))
                    .toList();
        }
        List<Contact> all = named.stream()
                .flatMap(id -> terms.policy().contact(id).stream())
                .toList();
        List<Contact> there = all.stream()
                .filter(contact -> isOnDuty(contact, coming.at(), terms))
                .toList();
        return there.isEmpty() ? all : there;
    }

    private static boolean isOnDuty(Contact contact, Instant at, Terms terms) {
        Contact.Duty duty = contact.duty();
        return duty == null
                || terms.router().onDuty(duty.unit(), LocalDateTime.ofInstant(at, terms.zone())).stream()
                        .anyMatch(shift -> shift.person().equals(duty.person()));
    }

    private static Line line(Asked asked, Coming coming, Contact contact, String channel) {
        if (asked.isSilenced.test(coming.at())) {
            return new Line(coming.notice(), coming.at(), contact.id(), channel, null, "silenced");
        }
        List<SendDecider.Sent> sent = asked.past.of(contact.id(), channel).stream()
                .map(one -> new SendDecider.Sent(
                        one.id(), one.address().group(), one.plan().due()))
                .toList();
        Matter matter = asked.matter;
        String usual = GroupKey.of(
                contact.manners().grouping(),
                matter.kind().value(),
                matter.grid(),
                asked.terms.router().areas());
        String group = coming.notice() == NoticeKind.STILL_OPEN ? GroupKey.ofReminder(usual) : usual;
        SendDecider.Decision decision =
                SendDecider.decide(contact.manners(), sent, group, matter.severity(), coming.at(), asked.terms.zone());
        Instant due = sent.stream()
                .filter(one -> one.id().equals(decision.join()))
                .map(SendDecider.Sent::due)
                .findFirst()
                .orElse(decision.due());
        String reason = decision.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new Line(coming.notice(), coming.at(), contact.id(), channel, due, reason);
    }
}
