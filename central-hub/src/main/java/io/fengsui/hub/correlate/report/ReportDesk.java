package io.fengsui.hub.correlate.report;

import io.fengsui.hub.correlate.EventDesk;
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
            events.takeOwn(ReportEvent.of(reported, turn.now()), turn);
        }
    }

    @Override
    public void write() {}

    @Override
    public void forget() {}
}
