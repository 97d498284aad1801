package io.fengsui.hub.notify;

import io.fengsui.hub.grid.unit.Router;
import io.fengsui.hub.notify.gather.Reminders;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.hub.shard.stage.Rows;
import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.hub.shard.stage.Turn;
import io.fengsui.hub.ticket.Ticket;
import io.fengsui.hub.ticket.TicketDesk;
import io.fengsui.hub.ticket.TicketFact;
import io.fengsui.hub.ticket.TicketWatcher;
import io.fengsui.protocol.Severity;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The outbox: lays down what is told in the transaction of the fact that it tells of, and takes what became of each try.
 * Invariant: what a contact wants to know is in exactly one message of each of its channels. Writer's thread only.
 */
public final class DeliveryDesk implements Stage, TicketWatcher {
    private static final int KEPT = 10_000;
    private static final int KEPT_CONTACTS = 2_000;

    /** What it goes by. */
    public record Terms(NotifyPolicy policy, TicketDesk.Rules rules, ZoneId zone, Hush hush) {}

    /** Says of which tickets nothing is told for now. */
    @FunctionalInterface
    public interface Hush {
        Hush NONE = (ticket, now) -> null;

        /** When something may be told of it again; null: now. */
        @Nullable
        Instant silencedUntil(Ticket ticket, Instant now);

        default boolean isSilenced(Ticket ticket, Instant now) {
            return silencedUntil(ticket, now) != null;
        }
    }

    /** Hears of everything that is laid down to be told, and when it goes; and of what is not. */
    public interface Told {
        void told(Contact contact, Notice notice, Instant due);

        /**
         * A contact should know of this ticket and is told nothing now.
         *
         * @param until a word was held back until then: it is silenced, or the contact off duty; null: there was none, or
         *     the contact is never on duty
         */
        void missed(Contact contact, Ticket ticket, Instant now, @Nullable Instant until);
    }

    private record Line(String contact, String channel) {}

    private final DeliveryTable table;
    private final Terms terms;
    private final Told told;
    private final NoticeWriter writer;
    private final Rows<String, Delivery> deliveries;
    private final Rows<Line, SentLog> lines;
    private final List<DeliveryTable.Tried> tries = new ArrayList<>();
    private final Reminders reminders = new Reminders();

    public DeliveryDesk(DeliveryTable table, Terms terms, Told told) {
        this.table = table;
        this.told = told;
        this.terms = terms;
        this.writer = new NoticeWriter(terms.rules(), terms.policy().templates());
        this.deliveries = new Rows<>(KEPT, table::find);
        this.lines = new Rows<>(KEPT_CONTACTS, line -> null);
    }

    @Override
    public void onFact(@Nullable Ticket before, Ticket after, TicketFact fact, Turn turn) {
        if (terms.policy().contacts().isEmpty()) {
            return;
        }
        boolean isBack = before != null && isOver(before) && !isOver(after);
        Notice notice = writer.of(after, fact, turn.now());
        if (notice == null && !isBack) {
            return;
        }
        Instant silenced = terms.hush().silencedUntil(after, turn.now());
        Matter matter = Matter.of(after);
        Router router = terms.rules().router();
        for (Contact contact : terms.policy().contacts()) {
            boolean isWanted = notice != null && NotifyPolicy.wants(contact, notice.kind(), matter, router.areas());
            if (notice != null && isWanted && silenced == null && isOnDuty(contact, turn.now())) {
                contact.channels().forEach(channel -> lay(contact, channel, notice, turn));
            } else if (!isOver(after)
                    && (isWanted || (isBack && NotifyPolicy.isToldAtFirst(contact, matter, router)))) {
                Instant held = silenced == null ? onDutyFrom(contact, turn.now()) : silenced;
                told.missed(contact, after, turn.now(), isWanted ? held : null);
            }
        }
    }

    private static boolean isOver(Ticket ticket) {
        return !ticket.stand().category().isUnfinished();
    }

    /** Whether a contact should know of a ticket from its beginning. */
    public boolean isToldAtFirst(Contact contact, Ticket ticket) {
        return NotifyPolicy.isToldAtFirst(
                contact, Matter.of(ticket), terms.rules().router());
    }

    /** Whether this contact is somebody who is on duty, or one that always is. */
    public boolean isOnDuty(Contact contact, Instant now) {
        return now.equals(onDutyFrom(contact, now));
    }

    /** Tells one contact that nobody has taken a ticket so far. */
    public void escalate(Ticket ticket, String contactId, int level, Turn turn) {
        terms.policy().contact(contactId).ifPresent(contact -> {
            Notice notice =
                    writer.notice(NoticeKind.ESCALATED, ticket, turn.now(), Map.of("level", Integer.toString(level)));
            contact.channels().forEach(channel -> lay(contact, channel, notice, turn));
        });
    }

    /** When this contact is on duty, from now on; null when it never is. */
    public @Nullable Instant onDutyFrom(Contact contact, Instant now) {
        return NotifyPolicy.onDutyFrom(contact, now, terms.rules().router(), terms.zone());
    }

    /** Whether it is one of the tickets that a contact wants to know of. */
    public boolean concerns(Contact contact, Ticket ticket) {
        return NotifyPolicy.concerns(
                contact, Matter.of(ticket), terms.rules().router().areas());
    }

    /** Of which tickets nothing is told for now. */
    public Hush hush() {
        return terms.hush();
    }

    /** Tells a contact once more of a ticket that is not done; what is told in one tick goes in one message of its group. */
    public void remind(Ticket ticket, Contact contact, Turn turn) {
        Notice notice = writer.notice(NoticeKind.STILL_OPEN, ticket, turn.now(), Map.of());
        contact.channels().forEach(channel -> lay(contact, channel, notice, turn));
    }

    private void lay(Contact contact, String channel, Notice notice, Turn turn) {
        Line line = new Line(contact.id(), channel);
        SentLog sent = sent(line, turn.now());
        boolean isStorm = notice.kind() == NoticeKind.STORM;
        boolean isReminder = notice.kind() == NoticeKind.STILL_OPEN;
        String group = group(contact, notice);
        Reminders.Group together = new Reminders.Group(contact.id(), channel, group);
        if (isReminder && joinsReminder(contact, together, notice, turn)) {
            return;
        }
        Contact.Manners manners = isStorm ? contact.manners().ofStorm() : contact.manners();
        SendDecider.Decision decision = SendDecider.decide(
                manners,
                sent.mattering(manners, turn.now()),
                isStorm ? "storm/" + notice.ticket() : isReminder ? GroupKey.ofReminder(group) : group,
                // However severe: that it began was told when the ticket was opened.
                isStorm ? Severity.INFO : notice.about().severity(),
                turn.now(),
                terms.zone());
        Delivery waiting = decision.join() == null ? null : deliveries.get(decision.join());
        if (waiting != null && waiting.run().state() == Delivery.State.WAITING) {
            join(waiting, contact, notice);
            return;
        }
        Delivery delivery = Delivery.planned(
                id(notice, contact, channel),
                new Delivery.Address(contact.id(), channel, decision.group()),
                notice,
                new Delivery.Plan(turn.now(), decision.due(), decision.reason()));
        deliveries.put(delivery.id(), delivery);
        sent.add(new DeliveryTable.Sent(delivery.id(), decision.group(), decision.due()));
        if (isReminder && decision.due().equals(turn.now())) {
            reminders.laidDown(together, delivery.id(), turn.now());
        }
        told.told(contact, notice, decision.due());
    }

    private void join(Delivery waiting, Contact contact, Notice notice) {
        deliveries.put(
                waiting.id(), waiting.with(notice, contact.manners().digest().most()));
        told.told(contact, notice, waiting.plan().due());
    }

    /** Whether a reminder goes with one of its group that goes at this moment and has room. */
    private boolean joinsReminder(Contact contact, Reminders.Group together, Notice notice, Turn turn) {
        String id = reminders.going(together, turn.now());
        Delivery first = id == null ? null : deliveries.get(id);
        if (first == null
                || first.notices().size() >= contact.manners().digest().most()
                || !SendDecider.mayGoAlong(contact.manners(), notice.about().severity(), turn.now(), terms.zone())) {
            return false;
        }
        join(first, contact, notice);
        return true;
    }

    private static String id(Notice notice, Contact contact, String channel) {
        String id = String.join(
                ".",
                notice.ticket(),
                Long.toString(notice.version()),
                notice.kind().label(),
                contact.id(),
                channel);
        // No fact of the ticket tells one from the next.
        return notice.kind() == NoticeKind.STILL_OPEN ? id + "." + notice.at().getEpochSecond() : id;
    }

    private String group(Contact contact, Notice notice) {
        return GroupKey.of(
                contact.manners().grouping(),
                notice.about().kind(),
                notice.about().grid(),
                terms.rules().router().areas());
    }

    private SentLog sent(Line line, Instant now) {
        SentLog known = lines.get(line);
        if (known == null) {
            writeDeliveries();
            Instant since = now.minus(DeliveryTable.LOOK_BACK);
            known = new SentLog(table.since(line.contact(), line.channel(), since, DeliveryTable.MOST_SENT));
            // Also where nothing is laid down: what only joins a message that waits would ask the table each time.
            lines.put(line, known);
        }
        return known;
    }

    @Override
    public void take(Input input, Turn turn) {
        if (input instanceof Input.TaskTaken(TaskInput.DeliveryTried tried)) {
            Delivery delivery = deliveries.get(tried.id());
            if (delivery != null
                    && delivery.run().state() == Delivery.State.WAITING
                    && delivery.run().tries() + 1 == tried.number()) {
                TryOutcome outcome = TryOutcome.valueOf(tried.outcome().toUpperCase(Locale.ROOT));
                deliveries.put(tried.id(), delivery.tried(outcome, turn.now()));
                tries.add(new DeliveryTable.Tried(
                        tried.id(), tried.number(), turn.now(), tried.took(), outcome, tried.detail()));
            }
        } else if (input instanceof Input.TaskTaken(TaskInput.ResendAsked(String id, String by))) {
            Delivery delivery = deliveries.get(id);
            if (delivery != null && delivery.run().state() != Delivery.State.WAITING) {
                deliveries.put(id, delivery.again(turn.now()));
            }
        }
    }

    /** Repeats come before it in a tick: their messages are full. */
    @Override
    public List<Input> due(Instant now) {
        reminders.close();
        return List.of();
    }

    private void writeDeliveries() {
        deliveries.write(table::write);
    }

    @Override
    public void write() {
        writeDeliveries();
        lines.write(rows -> {}); // the deliveries themselves are the rows
        if (!tries.isEmpty()) {
            table.log(List.copyOf(tries));
            tries.clear();
        }
    }

    @Override
    public void forget() {
        deliveries.forget();
        lines.forget();
        tries.clear();
        reminders.close();
    }
}
