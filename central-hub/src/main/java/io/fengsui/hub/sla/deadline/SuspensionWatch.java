package io.fengsui.hub.sla.deadline;

import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.hub.shard.stage.Turn;
import io.fengsui.hub.sla.PendingTimers;
import io.fengsui.hub.sla.Timer;
import io.fengsui.hub.sla.TimerTable;
import io.fengsui.hub.ticket.Ticket;
import io.fengsui.hub.ticket.TicketFact;
import io.fengsui.hub.ticket.TicketWatcher;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds suspensions that are over, so that nothing is forgotten in them. A timer whose ticket went on meanwhile finds
 * nothing to do. Writer's thread only.
 */
public final class SuspensionWatch implements Stage, TicketWatcher {
    private static final String TIMER = "suspension";
    private static final int MAX_DUE = 256;

    private final PendingTimers timers;

    public SuspensionWatch(TimerTable timers) {
        this.timers = new PendingTimers(timers);
    }

    @Override
    public void onFact(@Nullable Ticket before, Ticket after, TicketFact fact, Turn turn) {
        if (fact instanceof TicketFact.SuspendedUntil(Instant until)) {
            String ticket = after.id().text();
            timers.set(new Timer(TIMER + "/" + ticket, until, TIMER, ticket));
        }
    }

    /** The ticket's desk takes them. */
    @Override
    public void take(Input input, Turn turn) {}

    @Override
    public List<Input> due(Instant now) {
        List<Timer> due = timers.due(TIMER, now, MAX_DUE);
        due.forEach(timer -> timers.cancel(timer.id()));
        return due.stream()
                .map(timer -> (Input) new Input.SuspensionOver(timer.subject(), timer.due()))
                .toList();
    }

    @Override
    public void write() {
        timers.write();
    }

    @Override
    public void forget() {
        timers.forget();
    }
}
