package io.fengsui.hub.correlate.report;

import io.fengsui.hub.correlate.EventDesk;
import io.fengsui.hub.correlate.EventState;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.hub.shard.stage.Turn;

/** Gives reports to the event desk. Has no rows of its own. Writer's thread only. */
public final class ReportDesk implements Stage {
    private final EventDesk events;

    public ReportDesk(EventDesk events) {
        this.events = events;
    }

    @Override
    public void take(Input input, Turn turn) {
        if (input instanceof Input.TaskTaken(TaskInput.Reported reported)) {
            events.takeOwn(ReportEvent.of(revised(reported), turn.now()), turn);
        }
    }

    /** Other systems count no revisions: the end is the next one, and so is what comes back after it was given up. */
    private TaskInput.Reported revised(TaskInput.Reported reported) {
        EventState known = events.find(reported.id());
        boolean isNext = known != null
                && (reported.isOver()
                        ? known.isOpen()
                        : !ReportEvent.cleared(known.event()).isEmpty());
        return known == null || !isNext
                ? reported
                : new TaskInput.Reported(
                        reported.id(), known.event().revision() + 1, reported.isOver(), reported.report());
    }

    @Override
    public void write() {}

    @Override
    public void forget() {}
}
