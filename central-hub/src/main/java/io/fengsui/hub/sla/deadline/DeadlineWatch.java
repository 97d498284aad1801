package io.fengsui.hub.sla.deadline;

import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.hub.shard.stage.Turn;
import io.fengsui.hub.sla.Timer;
import io.fengsui.hub.ticket.TicketDesk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds deadlines that are near or have passed and makes a fact of each, once, in the order in which they fell due, also
 * those that fell due while the hub was away. Writer's thread only.
 */
public final class DeadlineWatch implements Stage {
    private static final int MAX_DUE = 256;
    /** Told this long after it fell due is late: the hub was away. */
    private static final Duration LATE = Duration.ofSeconds(30);

    private final DeadlineBook book;
    private final TicketDesk tickets;

    public DeadlineWatch(DeadlineBook book, TicketDesk tickets) {
        this.book = book;
        this.tickets = tickets;
    }

    @Override
    public void take(Input input, Turn turn) {
        if (input instanceof Input.DeadlineReached reached) {
            Deadline deadline = book.find(new Deadline.Key(reached.ticket(), reached.step(), reached.since()));
            if (deadline == null || !deadline.isRunning() || deadline.told() >= reached.percent()) {
                return;
            }
            book.tell(deadline, reached.percent());
            boolean isLate = Duration.between(reached.due(), turn.now()).compareTo(LATE) > 0;
            tickets.onDeadline(reached, isLate, turn);
        }
    }

    @Override
    public List<Input> due(Instant now) {
        List<Timer> timers = book.due(now, MAX_DUE);
        List<Input.DeadlineReached> reached = new ArrayList<>();
        for (Timer timer : timers) {
            Deadline deadline = book.find(Deadline.Key.parse(timer.subject()));
            if (deadline == null || !deadline.isRunning()) {
                book.cancel(timer);
            } else {
                book.schedule(deadline);
                find(deadline, now, reached);
            }
        }
        // Of what waits behind the timers that were read, nothing later than they may go first.
        Instant horizon = timers.size() < MAX_DUE ? now : timers.getLast().due();
        return reached.stream()
                .filter(one -> !one.due().isAfter(horizon))
                .sorted(Comparator.comparing(Input.DeadlineReached::due)
                        .thenComparing(Input.DeadlineReached::ticket)
                        .thenComparingInt(Input.DeadlineReached::percent))
                .map(Input.class::cast)
                .toList();
    }

    private void find(Deadline deadline, Instant now, List<Input.DeadlineReached> reached) {
        for (int percent : book.percents()) {
            Instant at = deadline.at(percent, book.calendar());
            if (percent > deadline.told() && at != null && !at.isAfter(now)) {
                Deadline.Key key = deadline.key();
                reached.add(new Input.DeadlineReached(key.ticket(), key.step(), key.since(), percent, at));
            }
        }
    }

    @Override
    public void write() {
        book.write();
    }

    @Override
    public void forget() {
        book.forget();
    }
}
