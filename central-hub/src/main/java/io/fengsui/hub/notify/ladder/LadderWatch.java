package io.fengsui.hub.notify.ladder;

import io.fengsui.hub.grid.place.Area;
import io.fengsui.hub.notify.DeliveryDesk;
import io.fengsui.hub.notify.NotifyPolicy;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.hub.shard.stage.Rows;
import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.hub.shard.stage.Turn;
import io.fengsui.hub.sla.PendingTimers;
import io.fengsui.hub.sla.Timer;
import io.fengsui.hub.sla.TimerTable;
import io.fengsui.hub.ticket.Ticket;
import io.fengsui.hub.ticket.TicketDesk;
import io.fengsui.hub.ticket.TicketFact;
import io.fengsui.hub.ticket.TicketWatcher;
import io.fengsui.hub.ticket.workflow.Category;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Goes up ladders: begins with a ticket, anew on another when that becomes worse before anybody took it, stops when somebody
 * takes it, stands still while the ticket is suspended or silenced. A step is taken once, whatever happens to the hub meanwhile: what it tells lies in the outbox in the
 * transaction that moves it on. Writer's thread only.
 */
public final class LadderWatch implements Stage {
    private static final String TIMER = "ladder";
    private static final int KEPT = 10_000;
    private static final int MAX_DUE = 256;
    /** How soon it is looked again whether a ticket is silenced no more. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);

    /** What it goes by. */
    public record Terms(List<Ladder> ladders, NotifyPolicy told, DeliveryDesk.Hush hush) {
        public Terms {
            ladders = List.copyOf(ladders);
        }
    }

    private final Terms terms;
    private final TicketDesk tickets;
    private final DeliveryDesk deliveries;
    private final Book book;

    public LadderWatch(Book book, Terms terms, TicketDesk tickets, DeliveryDesk deliveries) {
        this.book = book;
        this.terms = terms;
        this.tickets = tickets;
        this.deliveries = deliveries;
    }

    /** The rows, and what facts of tickets do to them: made before the ticket's desk, which tells it of facts. */
    public static final class Book implements TicketWatcher {
        private final EscalationTable table;
        private final List<Ladder> ladders;
        private final TicketDesk.Rules rules;
        private final Rows<String, Escalation> rows;
        private final PendingTimers timers;

        public Book(EscalationTable table, TimerTable timers, List<Ladder> ladders, TicketDesk.Rules rules) {
            this.table = table;
            this.timers = new PendingTimers(timers);
            this.ladders = List.copyOf(ladders);
            this.rules = rules;
            this.rows = new Rows<>(KEPT, table::find);
        }

        @Override
        public void onFact(@Nullable Ticket before, Ticket after, TicketFact fact, Turn turn) {
            if (ladders.isEmpty()) {
                return;
            }
            String ticket = after.id().text();
            if (fact instanceof TicketFact.Opened) {
                begin(after, null, turn.now()); // nothing can be known of it: no row is looked for
            } else if (fact instanceof TicketFact.UnitAssigned) {
                if (rows.get(ticket) == null) {
                    begin(after, null, turn.now());
                }
            } else if (fact instanceof TicketFact.SeverityRaised) {
                begin(after, rows.get(ticket), turn.now());
            } else if (fact instanceof TicketFact.Moved moved) {
                Escalation known = rows.get(ticket);
                if (known != null) {
                    put(moved(known, before == null ? after : before, moved, turn.now()));
                }
            }
        }

        /**
         * A ladder that names units may match only once there is one, and another when a ticket nobody took becomes worse: of a
         * suspended one that goes on with the ticket.
         */
        private void begin(Ticket ticket, @Nullable Escalation known, Instant now) {
            boolean isSuspended = ticket.stand().category() == Category.SUSPENDED;
            String state =
                    isSuspended ? ticket.care().resumeTo() : ticket.stand().state();
            if (!state.equals(rules.workflow(ticket).initial())) {
                return;
            }
            ladders.stream()
                    .filter(ladder ->
                            ladder.wants().matches(ticket, rules.router().areas()))
                    .findFirst()
                    .filter(ladder -> known == null || !known.ladder().equals(ladder.id()))
                    .map(ladder -> Escalation.begun(ticket.id().text(), ladder, known, now))
                    .ifPresent(begun -> put(isSuspended ? begun.paused(now) : begun));
        }

        private static Escalation moved(Escalation known, Ticket before, TicketFact.Moved moved, Instant now) {
            return switch (moved.category()) {
                case CLOSED, VOID -> known.ended(Escalation.End.TICKET_OVER);
                case SUSPENDED -> known.paused(now);
                case OPEN ->
                    before.care().resumeTo().equals(moved.to())
                            ? known.resumed(now)
                            : known.ended(Escalation.End.ACCEPTED);
            };
        }

        void put(Escalation escalation) {
            rows.put(escalation.ticket(), escalation);
            Instant due = escalation.due();
            if (due == null) {
                timers.cancel(TIMER + "/" + escalation.ticket());
            } else {
                schedule(escalation.ticket(), due);
            }
        }

        void schedule(String ticket, Instant due) {
            timers.set(new Timer(TIMER + "/" + ticket, due, TIMER, ticket));
        }
    }

    @Override
    public void take(Input input, Turn turn) {
        if (!(input instanceof Input.TaskTaken(TaskInput.LadderDue due))) {
            return;
        }
        Escalation escalation = book.rows.get(due.ticket());
        if (escalation == null || !escalation.isDue(due.run(), turn.now())) {
            return;
        }
        Optional<Ladder> ladder = terms.ladders().stream()
                .filter(one -> one.id().equals(escalation.ladder()))
                .findFirst();
        if (ladder.isEmpty()) {
            book.put(escalation.ended(Escalation.End.LADDER_GONE));
            return;
        }
        book.put(escalation.taken(ladder.get(), turn.now()));
        List<String> told = onDuty(
                escalation.next(ladder.get()).told(escalation.round(ladder.get()), leaders(due.ticket())), turn.now());
        int level = escalation.run() % ladder.get().steps().size() + 1;
        Ticket ticket = tickets.onRemark(
                due.ticket(), new TicketFact.Escalated(escalation.ladder(), level, String.join(",", told)), turn);
        if (ticket != null) {
            told.forEach(contact -> deliveries.escalate(ticket, contact, level, turn));
        }
    }

    private Ladder.Leaders leaders(String id) {
        Ticket ticket = tickets.find(id);
        List<Area> path = ticket == null
                ? List.of()
                : book.rules.router().areas().path(ticket.where().place().grid());
        return level -> terms.told().leaders(path, level);
    }

    /** Those who are on duty; all of them when nobody is, for somebody must hear of it. */
    private List<String> onDuty(List<String> contacts, Instant now) {
        List<String> there = contacts.stream()
                .filter(id -> terms.told().contact(id).stream().anyMatch(contact -> deliveries.isOnDuty(contact, now)))
                .toList();
        return there.isEmpty() ? contacts : there;
    }

    @Override
    public List<Input> due(Instant now) {
        List<Input> found = new ArrayList<>();
        for (Timer timer : book.timers.due(TIMER, now, MAX_DUE)) {
            Escalation escalation = book.rows.get(timer.subject());
            Ticket ticket = tickets.find(timer.subject());
            if (escalation == null || ticket == null || escalation.due() == null) {
                book.timers.cancel(timer.id());
            } else if (terms.hush().isSilenced(ticket, now)) {
                book.schedule(timer.subject(), now.plus(LOOK_AGAIN));
            } else {
                found.add(new Input.TaskTaken(new TaskInput.LadderDue(timer.subject(), escalation.run())));
            }
        }
        return found;
    }

    @Override
    public void write() {
        book.rows.write(book.table::write);
        book.timers.write();
    }

    @Override
    public void forget() {
        book.rows.forget();
        book.timers.forget();
    }
}
