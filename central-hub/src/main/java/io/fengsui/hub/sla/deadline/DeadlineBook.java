package io.fengsui.hub.sla.deadline;

import io.fengsui.hub.shard.stage.Rows;
import io.fengsui.hub.shard.stage.Turn;
import io.fengsui.hub.sla.PendingTimers;
import io.fengsui.hub.sla.Timer;
import io.fengsui.hub.sla.TimerTable;
import io.fengsui.hub.ticket.Ticket;
import io.fengsui.hub.ticket.TicketFact;
import io.fengsui.hub.ticket.TicketWatcher;
import io.fengsui.rules.calendar.WorkingCalendar;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the deadlines of tickets and a timer for what each tells next. Invariant: a running deadline has exactly one
 * timer row, one that stands still or has ended has none. Writer's thread only.
 */
public final class DeadlineBook implements TicketWatcher {
    static final String TIMER = "deadline";
    private static final int KEPT = 20_000;

    /** What it goes by. */
    public record Terms(DeadlinePolicy policy, DeadlinePolicy.Areas areas, WorkingCalendar calendar) {}

    /** Of one ticket: all that are open, and those that ended since the last write. */
    private record OfTicket(List<Deadline> open) {}

    private final DeadlineTable table;
    private final PendingTimers timers;
    private final Terms terms;
    private final DeadlineMoves moves;
    private final Rows<String, OfTicket> tickets;
    private final Map<String, Deadline> changed = new LinkedHashMap<>();

    public DeadlineBook(DeadlineTable table, TimerTable timers, Terms terms) {
        this.table = table;
        this.timers = new PendingTimers(timers);
        this.terms = terms;
        this.moves = new DeadlineMoves(terms.calendar());
        this.tickets = new Rows<>(KEPT, ticket -> new OfTicket(table.open(ticket)));
    }

    WorkingCalendar calendar() {
        return terms.calendar();
    }

    List<Integer> percents() {
        return terms.policy().percents();
    }

    @Override
    public void onFact(@Nullable Ticket before, Ticket after, TicketFact fact, Turn turn) {
        String ticket = after.id().text();
        List<Deadline> open = before == null ? List.of() : open(ticket);
        List<Deadline> now =
                moves.after(open, before, after, fact, () -> terms.policy().limits(after, terms.areas()), turn.now());
        if (!now.equals(open)) {
            now.forEach(this::change);
            keep(ticket, now);
        }
    }

    private List<Deadline> open(String ticket) {
        OfTicket known = tickets.get(ticket);
        return known == null ? List.of() : known.open();
    }

    private void keep(String ticket, List<Deadline> deadlines) {
        tickets.put(
                ticket,
                new OfTicket(deadlines.stream().filter(one -> one.end() == null).toList()));
    }

    private void change(Deadline deadline) {
        changed.put(deadline.key().text(), deadline);
        schedule(deadline);
    }

    /** Sets the timer of what this deadline tells next, or takes it away. */
    void schedule(Deadline deadline) {
        String id = TIMER + "/" + deadline.key().text();
        int next = deadline.next(percents());
        Instant at = next == 0 ? null : deadline.at(next, terms.calendar());
        if (at == null) {
            timers.cancel(id);
        } else {
            timers.set(new Timer(id, at, TIMER, deadline.key().text()));
        }
    }

    /** The open deadline of this key; null when it has ended. */
    @Nullable
    Deadline find(Deadline.Key key) {
        return open(key.ticket()).stream()
                .filter(one -> one.key().equals(key))
                .findFirst()
                .orElse(null);
    }

    /** Notes that a percentage of a deadline's time was told of. */
    void tell(Deadline deadline, int percent) {
        Deadline told = deadline.told(percent);
        change(told);
        List<Deadline> all = new ArrayList<>(open(deadline.key().ticket()));
        all.replaceAll(one -> one.key().equals(told.key()) ? told : one);
        keep(deadline.key().ticket(), all);
    }

    /** Timers that are due; reads the table, so what changed is written first. */
    List<Timer> due(Instant now, int limit) {
        write();
        return timers.due(TIMER, now, limit);
    }

    void cancel(Timer timer) {
        timers.cancel(timer.id());
    }

    void write() {
        if (!changed.isEmpty()) {
            table.write(List.copyOf(changed.values()), terms.calendar());
            changed.clear();
        }
        tickets.write(rows -> {}); // the deadlines themselves are the rows
        timers.write();
    }

    void forget() {
        tickets.forget();
        changed.clear();
        timers.forget();
    }
}
