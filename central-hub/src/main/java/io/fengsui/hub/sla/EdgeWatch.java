package io.fengsui.hub.sla;

import io.fengsui.hub.correlate.EventDesk;
import io.fengsui.hub.fleet.Edge;
import io.fengsui.hub.fleet.Liveness;
import io.fengsui.hub.intake.EventLog;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.hub.shard.stage.Change;
import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.hub.shard.stage.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Keeps the edges' rows, and raises an event of the hub's own when one falls silent: an edge that is away is told of by
 * nobody else. Its return ends that event. Writer's thread only.
 */
public final class EdgeWatch implements Stage {
    private static final int MAX_DUE = 256;

    private final EdgeBook book;
    private final PendingTimers timers;
    private final SilencePolicy policy;
    private final Liveness liveness;
    private final EventDesk events;

    public EdgeWatch(EdgeBook book, TimerTable timers, SilencePolicy policy, Liveness liveness, EventDesk events) {
        this.book = book;
        this.timers = new PendingTimers(timers);
        this.policy = policy;
        this.liveness = liveness;
        this.events = events;
    }

    @Override
    public void take(Input input, Turn turn) {
        switch (input) {
            case Input.EdgeGreeted greeted -> greet(greeted, turn);
            case Input.EdgeLeft left -> {
                Edge edge = book.find(left.edge());
                if (edge != null) {
                    put(edge.left(turn.now()), Change.Kind.CHANGED, turn);
                }
            }
            case Input.EdgeFellSilent silent -> fallSilent(silent, turn);
            case Input.ForkFound(EventLog.Fork fork) -> fork(fork, turn);
            case Input.HubTrouble trouble -> events.takeOwn(OwnEvents.trouble(trouble, turn.now()), turn);
            case Input.RecordTaken taken -> {}
            case Input.VolatileTaken taken -> {}
            case Input.LeasesRenewed leases -> {}
            case Input.LeasesRanOut leases -> {}
            case Input.ClockMeasured measured -> {
                Edge edge = book.find(measured.edge());
                if (edge != null) {
                    put(edge.measured(measured.offset()), Change.Kind.CHANGED, turn);
                }
            }
            case Input.EvidenceTaken taken -> {}
            case Input.CommandGiven given -> {}
            case Input.DeadlineReached reached -> {}
            case Input.TaskTaken(TaskInput task) -> {}
            case Input.HandedOver handed -> {}
            case Input.SuspensionOver over -> {}
        }
    }

    private void greet(Input.EdgeGreeted greeted, Turn turn) {
        String id = greeted.hello().identity().edge();
        Edge known = book.find(id);
        if (known != null
                && !known.identity().epoch().equals(greeted.hello().identity().epoch())) {
            events.doubtOpenEvents(id, turn);
        }
        Edge edge = Edge.greeted(known, greeted.hello(), greeted.clockOffset(), turn.now());
        put(edge, known == null ? Change.Kind.ADDED : Change.Kind.CHANGED, turn);
        // Large and rare: written at once, within the transaction, and not kept in memory.
        book.table().writeInventories(Map.of(id, greeted.hello().inventory()));
        timers.set(Timer.silence(id, turn.now().plus(policy.limit())));
        if (known != null && known.silentSince() != null) {
            events.takeOwn(OwnEvents.heardAgain(known, known.silentSince(), turn.now()), turn);
        }
    }

    private void fallSilent(Input.EdgeFellSilent silent, Turn turn) {
        Edge edge = book.find(silent.edge());
        if (edge != null && edge.silentSince() == null) {
            put(edge.silent(silent.since()), Change.Kind.CHANGED, turn);
            timers.cancel(Timer.silence(edge.id(), silent.since()).id());
            events.takeOwn(OwnEvents.silent(edge, silent.since()), turn);
        }
    }

    private void fork(EventLog.Fork fork, Turn turn) {
        Edge edge = book.find(fork.edge());
        if (edge == null) {
            return;
        }
        if (fork.isBlocked()) {
            put(edge.forked(fork.epoch()), Change.Kind.CHANGED, turn);
        }
        events.takeOwn(OwnEvents.fork(edge, fork, turn.now()), turn);
    }

    private void put(Edge edge, Change.Kind kind, Turn turn) {
        book.put(edge);
        turn.changed(Change.Entity.EDGE, edge.id(), kind);
    }

    @Override
    public List<Input> due(Instant now) {
        List<Input> findings = new ArrayList<>();
        for (Timer timer : timers.due(Timer.EDGE_SILENCE, now, MAX_DUE)) {
            Edge edge = book.find(timer.subject());
            if (edge == null) {
                timers.cancel(timer.id());
                continue;
            }
            SilencePolicy.Ruling ruling = policy.decide(edge, liveness.quiet(edge.id()), now);
            switch (ruling.reason()) {
                case SILENT -> findings.add(new Input.EdgeFellSilent(edge.id(), ruling.since()));
                case HEARD -> timers.set(Timer.silence(edge.id(), ruling.look()));
                case ALREADY_SILENT -> timers.cancel(timer.id());
            }
        }
        return findings;
    }

    @Override
    public void write() {
        book.write();
        timers.write();
    }

    @Override
    public void forget() {
        book.forget();
        timers.forget();
    }
}
