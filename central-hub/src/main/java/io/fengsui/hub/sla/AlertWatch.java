package io.fengsui.hub.sla;

import io.fengsui.hub.correlate.EventDesk;
import io.fengsui.hub.correlate.EventState;
import io.fengsui.hub.correlate.report.ReportEvent;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.hub.shard.stage.Turn;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Reason;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Ends alerts of Alertmanager of which it has not spoken for so long: it repeats what fires and tells what is resolved, so
 * silence means that it knows the alert no more. Invariant: an open alert has one timer, set anew by each word of it. An
 * alert that is told again after that is open again. Writer's thread only.
 */
public final class AlertWatch implements Stage {
    private static final String TIMER = "alert";
    private static final int MAX_DUE = 256;

    private final TimerTable timers;
    private final EventDesk events;
    private final Duration patience;
    private final Map<String, Timer> set = new LinkedHashMap<>();
    private final Set<String> cancelled = new LinkedHashSet<>();
    private boolean isLookedThrough;

    /** @param patience for how long an alert is believed without a word of it */
    public AlertWatch(TimerTable timers, EventDesk events, Duration patience) {
        this.timers = timers;
        this.events = events;
        this.patience = patience;
    }

    @Override
    public void take(Input input, Turn turn) {
        if (input instanceof Input.TaskTaken(TaskInput.Reported reported)
                && ReportEvent.ALERTMANAGER.equals(reported.report().get(ReportEvent.FROM))) {
            if (reported.isOver()) {
                cancel(reported.id());
            } else {
                Timer timer = timer(reported.id(), turn.now());
                cancelled.remove(timer.id());
                set.put(timer.id(), timer);
            }
        } else if (input instanceof Input.TaskTaken(TaskInput.AlertAbsent(String id))) {
            cancel(id);
            EventState known = events.find(id);
            if (known != null && known.isOpen()) {
                events.takeOwn(
                        known.event()
                                .next(
                                        Phase.ENDED,
                                        known.event().severity(),
                                        new Moment(turn.now(), ClockQuality.SYNCED, "", 0),
                                        Map.of(ReportEvent.CLEARED, ReportEvent.ABSENCE),
                                        List.of(new Reason(
                                                "hub",
                                                ReportEvent.ABSENCE,
                                                "Alertmanager has not spoken of it for " + patience.toMinutes()
                                                        + " min"))),
                        turn);
            }
        }
    }

    private Timer timer(String event, Instant now) {
        return new Timer(TIMER + "/" + event, now.plus(patience), TIMER, event);
    }

    private void cancel(String event) {
        set.remove(TIMER + "/" + event);
        cancelled.add(TIMER + "/" + event);
    }

    @Override
    public List<Input> due(Instant now) {
        if (!isLookedThrough) {
            // Those of an older version have no timer yet.
            timers.writeNew(events.open(ReportEvent.EDGE).stream()
                    .filter(state -> state.event().origin().source().id().equals(ReportEvent.ALERTMANAGER))
                    .map(state -> timer(state.id(), now))
                    .toList());
            isLookedThrough = true;
        }
        write();
        return timers.due(TIMER, now, MAX_DUE).stream()
                .<Input>map(timer -> new Input.TaskTaken(new TaskInput.AlertAbsent(timer.subject())))
                .toList();
    }

    @Override
    public void write() {
        if (!cancelled.isEmpty()) {
            timers.delete(List.copyOf(cancelled));
            cancelled.clear();
        }
        if (!set.isEmpty()) {
            timers.write(List.copyOf(set.values()));
            set.clear();
        }
    }

    @Override
    public void forget() {
        set.clear();
        cancelled.clear();
        isLookedThrough = false;
    }
}
