package io.fengsui.hub.notify.repeat;

import io.fengsui.hub.notify.Contact;
import io.fengsui.hub.notify.DeliveryDesk;
import io.fengsui.hub.notify.Notice;
import io.fengsui.hub.notify.NotifyPolicy;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.hub.shard.stage.Turn;
import io.fengsui.hub.sla.Timer;
import io.fengsui.hub.sla.TimerTable;
import io.fengsui.hub.ticket.Ticket;
import io.fengsui.hub.ticket.TicketDesk;
import io.fengsui.hub.ticket.workflow.Category;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells contacts again of tickets that are not done. Invariant: at most one timer for each ticket and contact, set anew
 * with everything that the contact is told of the ticket; a repeat takes its timer and is laid down in one transaction, so
 * it comes once whatever happens to the hub. Nothing is told while the ticket is suspended or silenced. Writer's thread only.
 */
public final class RepeatWatch implements Stage {
    private static final String TIMER = "repeat";
    private static final int MAX_DUE = 256;

    private final Book book;
    private final NotifyPolicy policy;
    private final TicketDesk tickets;
    private final DeliveryDesk deliveries;

    public RepeatWatch(Book book, NotifyPolicy policy, TicketDesk tickets, DeliveryDesk deliveries) {
        this.book = book;
        this.policy = policy;
        this.tickets = tickets;
        this.deliveries = deliveries;
    }

    /** The timers: made before the outbox, which tells it what is laid down. */
    public static final class Book implements DeliveryDesk.Told {
        private final TimerTable timers;
        private final Map<String, Timer> set = new LinkedHashMap<>();
        private final Set<String> cancelled = new LinkedHashSet<>();

        public Book(TimerTable timers) {
            this.timers = timers;
        }

        @Override
        public void told(Contact contact, Notice notice, Instant due) {
            Duration repeat = contact.manners().grouping().repeat();
            if (repeat.isPositive() && !notice.about().stand().isOver()) {
                schedule(notice.ticket(), contact.id(), due.plus(repeat));
            }
        }

        private void schedule(String ticket, String contact, Instant due) {
            String id = id(ticket, contact);
            cancelled.remove(id);
            set.put(id, new Timer(id, due, TIMER, ticket + "/" + contact));
        }

        private void cancel(String ticket, String contact) {
            set.remove(id(ticket, contact));
            cancelled.add(id(ticket, contact));
        }

        private static String id(String ticket, String contact) {
            return TIMER + "/" + ticket + "/" + contact;
        }

        private void write() {
            if (!cancelled.isEmpty()) {
                timers.delete(List.copyOf(cancelled));
                cancelled.clear();
            }
            if (!set.isEmpty()) {
                timers.write(List.copyOf(set.values()));
                set.clear();
            }
        }
    }

    @Override
    public void take(Input input, Turn turn) {
        if (!(input instanceof Input.TaskTaken(TaskInput.RepeatDue(String id, String contactId)))) {
            return;
        }
        book.cancel(id, contactId);
        Ticket ticket = tickets.find(id);
        Contact contact = policy.contact(contactId).orElse(null);
        Duration repeat = repeat(contact);
        if (ticket == null
                || contact == null
                || !repeat.isPositive()
                || !ticket.stand().category().isUnfinished()) {
            return;
        }
        boolean isTold = ticket.stand().category() != Category.SUSPENDED && deliveries.remind(ticket, contact, turn);
        if (!isTold) {
            book.schedule(id, contactId, turn.now().plus(repeat));
        }
    }

    private static Duration repeat(@Nullable Contact contact) {
        return contact == null ? Duration.ZERO : contact.manners().grouping().repeat();
    }

    @Override
    public List<Input> due(Instant now) {
        book.write();
        return book.timers.due(TIMER, now, MAX_DUE).stream()
                .map(timer -> timer.subject().split("/", 2))
                .<Input>map(subject -> new Input.TaskTaken(new TaskInput.RepeatDue(subject[0], subject[1])))
                .toList();
    }

    @Override
    public void write() {
        book.write();
    }

    @Override
    public void forget() {
        book.set.clear();
        book.cancelled.clear();
    }
}
