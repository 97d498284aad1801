package io.fengsui.hub.correlate.report;

import io.fengsui.hub.correlate.EventDesk;
import io.fengsui.hub.correlate.EventState;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.hub.shard.stage.Turn;
import java.util.function.Predicate;

/** Gives reports to the event desk. Has no rows of its own. Writer's thread only. */
public final class ReportDesk implements Stage {
    private final EventDesk events;
    private final AlertReturns returns;
    private final Predicate<String> isUnfinished;

    /** @param isUnfinished whether there is such a ticket, and it is not done */
    public ReportDesk(EventDesk events, AlertReturns returns, Predicate<String> isUnfinished) {
        this.events = events;
        this.returns = returns;
        this.isUnfinished = isUnfinished;
    }

    @Override
    public void take(Input input, Turn turn) {
        if (input instanceof Input.TaskTaken(TaskInput.Reported reported)) {
            events.takeOwn(ReportEvent.of(revised(reported), turn.now()), turn);
        }
    }

    /**
     * Other systems count no revisions: the end is the next one. So is what comes back after it was given up, if somebody
     * still has its ticket; otherwise nobody would hear of it, and it is a new event.
     */
    private TaskInput.Reported revised(TaskInput.Reported reported) {
        AlertReturns.Round round = returns.newest(reported);
        EventState known = events.find(round.id());
        if (known == null) {
            return reported;
        }
        boolean isBack =
                !reported.isOver() && !ReportEvent.cleared(known.event()).isEmpty();
        if (isBack && isDone(known)) {
            return AlertReturns.as(AlertReturns.after(round, reported), 1, reported);
        }
        boolean isNext = isBack || (reported.isOver() && known.isOpen());
        return AlertReturns.as(round, isNext ? known.event().revision() + 1 : reported.revision(), reported);
    }

    private boolean isDone(EventState known) {
        String ticket = events.ticketOf(known);
        return ticket != null && !isUnfinished.test(ticket);
    }

    @Override
    public void write() {}

    @Override
    public void forget() {}
}
