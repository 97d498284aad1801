package io.fengsui.hub.sla;

import io.fengsui.hub.correlate.EventDesk;
import io.fengsui.hub.correlate.EventState;
import io.fengsui.hub.correlate.report.AlertReturns;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Ends alerts of Alertmanager of which it has not spoken for so long: it repeats what fires and tells what is resolved, so
 * silence means that it knows the alert no more. Only silence that the hub was there to hear counts. Invariant: an open
 * alert has one timer, whose moment is the last word of it, put off by as long as the hub was away since; so another
 * patience holds for what stands as well, and a start begins nothing anew. While there are alerts, a timer of its own that
 * nobody waits for says until when the hub was there. Comes after the reports' own desk. Writer's thread only.
 */
public final class AlertWatch implements Stage {
    private static final String TIMER = "alert";
    private static final int AT_ONCE = 256;
    /** A hub that looks less often than this was away, and may have missed a word. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    private static final String PRESENCE = "alert-presence";
    /** How often it is laid down that the hub is there. */
    private static final Duration SELDOM = Duration.ofMinutes(1);

    private static final Instant EVER = Instant.ofEpochMilli(Long.MAX_VALUE);

    private final PendingTimers timers;
    private final EventDesk events;
    private final AlertReturns returns;
    private final Duration patience;
    private final Duration longestPause;
    private final Duration often;
    /** Open events at the start that may be alerts of an older version, without a timer; those that are still to be seen. */
    private List<String> unseen = List.of();

    private boolean isLookedThrough;
    /** Whether this hub has looked at all; a transaction that is rolled back is no start. */
    private boolean isStarted;
    /** Null until it has looked, for the first time or after a transaction that was rolled back. */
    private @Nullable Instant looked;

    /** When it was laid down last that the hub is there; null: not by this one. */
    private @Nullable Instant laidDown;

    /** @param patience for how long an alert is believed without a word of it */
    public AlertWatch(TimerTable timers, EventDesk events, AlertReturns returns, Duration patience) {
        this.timers = new PendingTimers(timers);
        this.events = events;
        this.returns = returns;
        this.patience = patience;
        Duration part = patience.dividedBy(4);
        this.longestPause = part.compareTo(LONGEST_PAUSE) < 0 ? part : LONGEST_PAUSE;
        Duration partOfPause = longestPause.dividedBy(4);
        this.often = partOfPause.compareTo(SELDOM) < 0 ? partOfPause : SELDOM;
    }

    @Override
    public void take(Input input, Turn turn) {
        if (input instanceof Input.TaskTaken(TaskInput.Reported reported)
                && ReportEvent.ALERTMANAGER.equals(reported.report().get(ReportEvent.FROM))) {
            String id = returns.newest(reported).id();
            EventState known = events.find(id);
            if (known == null || !known.isOpen()) {
                cancel(id);
            } else {
                timers.set(heard(id, turn.now()));
            }
        } else if (input instanceof Input.TaskTaken(TaskInput.AlertAbsent(String id, Instant heard))) {
            cancel(id);
            EventState known = events.find(id);
            if (known != null && known.isOpen()) {
                long minutes = Duration.between(heard, turn.now()).toMinutes();
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
                                                "Alertmanager has not spoken of it for " + minutes + " min"))),
                        turn);
            }
        }
    }

    private static Timer heard(String event, Instant at) {
        return new Timer(TIMER + "/" + event, at, TIMER, event);
    }

    private void cancel(String event) {
        timers.cancel(TIMER + "/" + event);
    }

    @Override
    public List<Input> due(Instant now) {
        listen(now);
        lookThrough(now);
        return timers.due(TIMER, now.minus(patience), AT_ONCE).stream()
                .<Input>map(timer -> new Input.TaskTaken(new TaskInput.AlertAbsent(timer.subject(), timer.due())))
                .toList();
    }

    /**
     * What was said while nobody was there to hear it is nobody's silence; the same goes for a clock that jumps. After that
     * every alert has as long as a pause at least to be told again.
     */
    private void listen(Instant now) {
        Instant before = looked == null ? presence() : looked;
        boolean isBack = !isStarted;
        isStarted = true;
        looked = now;
        if (before == null) {
            // Nobody knows for how long nobody was there: all of them are believed as if they were told now.
            timers.move(TIMER, Duration.ZERO, now, now);
        } else {
            Duration away = Duration.between(before, now);
            if (isBack || away.abs().compareTo(longestPause) > 0) {
                timers.move(TIMER, away, now.minus(patience).plus(longestPause), now);
            }
        }
        layDown(now);
    }

    private @Nullable Instant presence() {
        return timers.due(PRESENCE, EVER, 1).stream()
                .map(Timer::due)
                .findFirst()
                .orElse(null);
    }

    private void layDown(Instant now) {
        if (laidDown == null || Duration.between(laidDown, now).abs().compareTo(often) >= 0) {
            laidDown = now;
            if (timers.due(TIMER, EVER, 1).isEmpty()) {
                timers.cancel(PRESENCE);
            } else {
                timers.set(new Timer(PRESENCE, now, PRESENCE, ""));
            }
        }
    }

    /** Some at a time: what was open before there were timers is believed for as long as if it were told now. */
    private void lookThrough(Instant now) {
        if (!isLookedThrough) {
            unseen = events.openIds(ReportEvent.EDGE);
            isLookedThrough = true;
        }
        if (!unseen.isEmpty()) {
            int next = Math.min(AT_ONCE, unseen.size());
            unseen.subList(0, next).stream()
                    .map(events::find)
                    .filter(Objects::nonNull)
                    .filter(EventState::isOpen)
                    .filter(state -> state.event().origin().source().id().equals(ReportEvent.ALERTMANAGER))
                    .map(state -> heard(state.id(), now))
                    .forEach(timers::setMissing);
            unseen = next == unseen.size() ? List.of() : unseen.subList(next, unseen.size());
        }
    }

    @Override
    public void write() {
        timers.write();
    }

    /** A transaction was rolled back, and its timers with it. */
    @Override
    public void forget() {
        timers.forget();
        unseen = List.of();
        isLookedThrough = false;
        looked = null;
        laidDown = null;
    }
}
