package io.fengsui.hub.notify.repeat;

import io.fengsui.hub.notify.Contact;
import io.fengsui.hub.notify.DeliveryDesk;
import io.fengsui.hub.notify.Notice;
import io.fengsui.hub.notify.NotifyPolicy;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.hub.shard.stage.Turn;
import io.fengsui.hub.sla.PendingTimers;
import io.fengsui.hub.sla.Timer;
import io.fengsui.hub.sla.TimerTable;
import io.fengsui.hub.ticket.Ticket;
import io.fengsui.hub.ticket.TicketDesk;
import io.fengsui.hub.ticket.workflow.Category;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells contacts again of tickets that are not done. Invariant: one timer for each contact that should know of a ticket that
 * is not done, set anew with everything that the contact is told of it; a repeat takes its timer and is laid down in one
 * transaction, so it comes once whatever happens to the hub. What falls due with it, or within half a minute after, goes
 * along, and has its next timer at the same moment from then on. While the ticket is suspended or silenced or the contact is off
 * duty nothing is told, and the timer waits for the end of that. Writer's thread only.
 */
public final class RepeatWatch implements Stage {
    private static final String TIMER = "repeat";
    private static final int MAX_DUE = 1_000;
    /** Whoever is reminded of one ticket is reminded with it of what falls due so soon after, in one message. */
    private static final Duration TOGETHER = Duration.ofSeconds(30);

    private static final int PART_OF_REPEAT = 10;
    /** How soon it is looked again at the latest whether somebody has ended a silence before its time. */
    private static final Duration LOOK_AGAIN_AT_SILENCE = Duration.ofMinutes(5);

    private static final Duration LOOK_AGAIN_AT_ROSTER = Duration.ofHours(1);

    private final Book book;
    private final NotifyPolicy policy;
    private final TicketDesk tickets;
    private final DeliveryDesk deliveries;
    private final Backlog backlog;

    public RepeatWatch(Book book, NotifyPolicy policy, TicketDesk tickets, DeliveryDesk deliveries) {
        this.book = book;
        this.policy = policy;
        this.tickets = tickets;
        this.deliveries = deliveries;
        this.backlog = new Backlog(policy, tickets, deliveries);
    }

    /** The timers: made before the outbox, which tells it what is laid down and what is not. */
    public static final class Book implements DeliveryDesk.Told {
        private final PendingTimers timers;

        public Book(TimerTable timers) {
            this.timers = new PendingTimers(timers);
        }

        @Override
        public void told(Contact contact, Notice notice, Instant due) {
            Duration repeat = repeat(contact);
            if (repeat.isPositive() && !notice.about().stand().isOver()) {
                schedule(notice.ticket(), contact.id(), due.plus(repeat));
            }
        }

        @Override
        public void missed(Contact contact, Ticket ticket, Instant now, @Nullable Instant until) {
            Duration repeat = repeat(contact);
            if (repeat.isPositive()) {
                // The first word of it is owed as soon as it may be said; a silence may end before its time.
                Instant due = until == null ? now.plus(repeat) : within(now, LOOK_AGAIN_AT_SILENCE, until);
                timers.setMissing(timer(ticket.id().text(), contact.id(), due));
            }
        }

        private void schedule(String ticket, String contact, Instant due) {
            timers.set(timer(ticket, contact, due));
        }

        private void cancel(String ticket, String contact) {
            timers.cancel(id(ticket, contact));
        }

        private static Timer timer(String ticket, String contact, Instant due) {
            return new Timer(id(ticket, contact), due, TIMER, ticket + "/" + contact);
        }

        private static String id(String ticket, String contact) {
            return TIMER + "/" + ticket + "/" + contact;
        }
    }

    private static Duration repeat(Contact contact) {
        return contact.manners().grouping().repeat();
    }

    @Override
    public void take(Input input, Turn turn) {
        if (input instanceof Input.TaskTaken(TaskInput.RepeatDue(String id, String contactId))) {
            lookAt(id, contactId, turn.now()).ifPresent(due -> {
                book.cancel(id, contactId);
                deliveries.remind(due.ticket(), due.contact(), turn);
            });
        }
    }

    /** Of whom somebody is to be reminded now. */
    private record Due(Ticket ticket, Contact contact) {}

    /** What is to be told now; otherwise the timer is moved to when it may be, or taken away for good. */
    private Optional<Due> lookAt(String id, String contactId, Instant now) {
        Ticket ticket = tickets.find(id);
        Contact contact = policy.contact(contactId).orElse(null);
        if (ticket == null
                || contact == null
                || !repeat(contact).isPositive()
                || !ticket.stand().category().isUnfinished()) {
            book.cancel(id, contactId);
            return Optional.empty();
        }
        Instant later = later(ticket, contact, now);
        if (later != null) {
            book.schedule(id, contactId, later);
            return Optional.empty();
        }
        return Optional.of(new Due(ticket, contact));
    }

    /** When it is worth looking again; null: it may be told now. */
    private @Nullable Instant later(Ticket ticket, Contact contact, Instant now) {
        if (!deliveries.concerns(contact, ticket)) {
            return now.plus(repeat(contact));
        }
        if (ticket.stand().category() == Category.SUSPENDED) {
            return within(now, repeat(contact), ticket.care().waits().until());
        }
        Instant silenced = deliveries.hush().silencedUntil(ticket, now);
        if (silenced != null) {
            return within(now, LOOK_AGAIN_AT_SILENCE, silenced);
        }
        Instant onDuty = deliveries.onDutyFrom(contact, now);
        return now.equals(onDuty) ? null : within(now, LOOK_AGAIN_AT_ROSTER, onDuty);
    }

    private static Instant within(Instant now, Duration most, @Nullable Instant then) {
        Instant latest = now.plus(most);
        return then != null && then.isAfter(now) && then.isBefore(latest) ? then : latest;
    }

    @Override
    public List<Input> due(Instant now) {
        backlog.goOn(book, now);
        List<Input> due = new ArrayList<>();
        Set<String> reminded = new HashSet<>();
        for (Timer timer : book.timers.due(TIMER, now.plus(TOGETHER), MAX_DUE)) {
            String[] subject = timer.subject().split("/", 2);
            boolean isDue = !timer.due().isAfter(now);
            if ((isDue || (reminded.contains(subject[1]) && isNear(timer.due(), subject[1], now)))
                    && lookAt(subject[0], subject[1], now).isPresent()) {
                reminded.add(subject[1]);
                due.add(new Input.TaskTaken(new TaskInput.RepeatDue(subject[0], subject[1])));
            }
        }
        return due;
    }

    /** Whether it is told so little too soon that nobody minds. */
    private boolean isNear(Instant due, String contactId, Instant now) {
        return policy.contact(contactId)
                .map(contact -> repeat(contact).dividedBy(PART_OF_REPEAT))
                .filter(part -> !due.isAfter(now.plus(part)))
                .isPresent();
    }

    @Override
    public void write() {
        book.timers.write();
    }

    @Override
    public void forget() {
        book.timers.forget();
        backlog.startOver();
    }
}
