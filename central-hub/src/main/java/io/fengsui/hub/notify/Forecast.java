package io.fengsui.hub.notify;

import io.fengsui.hub.grid.unit.Router;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What will be told of a ticket if nobody does anything about it: to whom, when, and why then. Pure. */
public final class Forecast {
    /** What people are told by. */
    public record Terms(NotifyPolicy policy, Router router, ZoneId zone) {}

    /**
     * Something that will happen to the ticket.
     *
     * @param contacts who are told; null: whoever wants to know of it. A reminder waits until they may be told, everything
     *     else goes to all of them when nobody is on duty
     */
    public record Coming(
            NoticeKind notice, Instant at, @Nullable List<String> contacts) {}

    /**
     * @param due when the message goes; null when none does
     * @param reason of {@link SendReason}; or {@code silenced}; of a reminder that waited for it: {@code silence-ends},
     *     {@code duty-begins}
     */
    public record Line(
            NoticeKind notice,
            Instant at,
            String contact,
            String channel,
            @Nullable Instant due,
            String reason) {}

    /** What went and will go to a contact by a channel since then, as the outbox knows it: the newest, oldest first. */
    @FunctionalInterface
    public interface Past {
        List<DeliveryTable.Sent> of(String contact, String channel, Instant since);
    }

    /** When something may be told of the ticket that is silenced at a moment; null: then. */
    @FunctionalInterface
    public interface Silenced {
        @Nullable
        Instant until(Instant at);
    }

    private record Asked(Matter matter, Terms terms, Past past, Silenced silenced) {}

    /** When a reminder is told that is due then, and why not at once; {@code at} is null: never. */
    private record Waited(@Nullable Instant at, String reason) {}

    private static final int ROUNDS = 16;

    private Forecast() {}

    /** In the order in which it happens. */
    public static List<Line> of(Matter matter, List<Coming> coming, Terms terms, Past past, Silenced silenced) {
        Asked asked = new Asked(matter, terms, once(coming, past), silenced);
        List<Line> lines = new ArrayList<>();
        for (Coming one : coming) {
            if (one.notice() == NoticeKind.STILL_OPEN) {
                lines.addAll(reminders(asked, one));
                continue;
            }
            for (Contact contact : told(matter, one, terms)) {
                contact.channels().forEach(channel -> lines.add(line(asked, one, contact, channel)));
            }
        }
        lines.sort(Comparator.comparing(Line::at).thenComparing(Line::contact).thenComparing(Line::channel));
        return lines;
    }

    /** Asks once for each contact and channel, as far back as anything that comes looks; nothing comes before its time. */
    private static Past once(List<Coming> coming, Past past) {
        Instant earliest = coming.stream()
                .map(Coming::at)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX)
                .minus(DeliveryTable.LOOK_BACK);
        Map<List<String>, List<DeliveryTable.Sent>> known = new HashMap<>();
        return (contact, channel, since) ->
                known.computeIfAbsent(List.of(contact, channel), line -> past.of(contact, channel, earliest)).stream()
                        .filter(one -> one.due().isAfter(since))
                        .toList();
    }

    private static List<Line> reminders(Asked asked, Coming coming) {
        List<Line> lines = new ArrayList<>();
        for (Contact contact : named(coming.contacts(), asked.terms)) {
            Waited waited = waited(asked, contact, coming.at());
            Instant at = waited.at();
            if (at != null
                    && NotifyPolicy.concerns(
                            contact, asked.matter, asked.terms.router().areas())) {
                Coming then = new Coming(coming.notice(), at, List.of(contact.id()));
                contact.channels().stream()
                        .map(channel -> line(asked, then, contact, channel))
                        .map(line ->
                                line.reason().equals("now") && !waited.reason().isEmpty()
                                        ? new Line(
                                                line.notice(),
                                                line.at(),
                                                line.contact(),
                                                line.channel(),
                                                line.due(),
                                                waited.reason())
                                        : line)
                        .forEach(lines::add);
            }
        }
        return lines;
    }

    /** As {@code RepeatWatch} will find it when it looks again. */
    private static Waited waited(Asked asked, Contact contact, Instant due) {
        // A timer that waits for the end of something stands at that end: what was the moment before says so.
        Instant at = due.minusMillis(1);
        String reason = "";
        for (int i = 0; i < ROUNDS; i++) {
            Instant heard = asked.silenced.until(at);
            if (heard != null) {
                at = heard;
                reason = "silence-ends";
                continue;
            }
            Instant onDuty = NotifyPolicy.onDutyFrom(contact, at, asked.terms.router(), asked.terms.zone());
            if (onDuty == null || onDuty.equals(at)) {
                return new Waited(onDuty == null || onDuty.isAfter(due) ? onDuty : due, reason);
            }
            at = onDuty;
            reason = "duty-begins";
        }
        return new Waited(at, reason);
    }

    private static List<Contact> named(@Nullable List<String> ids, Terms terms) {
        return ids == null
                ? List.of()
                : ids.stream()
                        .flatMap(id -> terms.policy().contact(id).stream())
                        .toList();
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
        List<Contact> all = named(named, terms);
        List<Contact> there = all.stream()
                .filter(contact -> isOnDuty(contact, coming.at(), terms))
                .toList();
        return there.isEmpty() ? all : there;
    }

    private static boolean isOnDuty(Contact contact, Instant at, Terms terms) {
        return at.equals(NotifyPolicy.onDutyFrom(contact, at, terms.router(), terms.zone()));
    }

    private static Line line(Asked asked, Coming coming, Contact contact, String channel) {
        if (asked.silenced.until(coming.at()) != null) {
            return new Line(coming.notice(), coming.at(), contact.id(), channel, null, "silenced");
        }
        List<DeliveryTable.Sent> sent =
                asked.past.of(contact.id(), channel, coming.at().minus(DeliveryTable.LOOK_BACK));
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
                .map(DeliveryTable.Sent::due)
                .findFirst()
                .orElse(decision.due());
        String reason = decision.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new Line(coming.notice(), coming.at(), contact.id(), channel, due, reason);
    }
}
