package io.fengsui.hub.sla;

import io.fengsui.hub.correlate.EventDesk;
import io.fengsui.hub.correlate.EventState;
import io.fengsui.hub.fleet.Edge;
import io.fengsui.hub.fleet.Liveness;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.hub.shard.stage.Turn;
import io.fengsui.protocol.EventId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds open events whose edge is connected and does not name them any more: they become unconfirmed, and are never
 * ended. Events of edges that are away are {@link EdgeWatch}'s business. Writer's thread only.
 */
public final class LeaseWatch implements Stage {
    /** How often it looks. */
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final EdgeBook book;
    private final EventDesk events;
    private final Liveness liveness;
    private final Predicate<String> isServed;
    private Instant looked = Instant.EPOCH;

    /** @param isServed whether an edge is this writer's */
    public LeaseWatch(EdgeBook book, EventDesk events, Liveness liveness, Predicate<String> isServed) {
        this.isServed = isServed;
        this.book = book;
        this.events = events;
        this.liveness = liveness;
    }

    /** Findings change events, and events are the event desk's. */
    @Override
    public void take(Input input, Turn turn) {}

    @Override
    public List<Input> due(Instant now) {
        if (Duration.between(looked, now).abs().compareTo(EVERY) < 0) {
            return List.of();
        }
        looked = now;
        List<Input> findings = new ArrayList<>();
        for (String id : events.edgesWithOpenEvents()) {
            Edge edge = isServed.test(id) ? book.find(id) : null;
            if (edge != null && edge.isConnected()) {
                look(id, now, findings);
            }
        }
        return findings;
    }

    private void look(String edge, Instant now, List<Input> findings) {
        List<EventId> ranOut = new ArrayList<>();
        List<EventId> renewed = new ArrayList<>();
        for (EventState state : events.open(edge)) {
            EventId id = state.event().id();
            switch (LeasePolicy.decide(
                    state.event().times().lease(),
                    unnamed(edge, state, now),
                    liveness.isRenewed(edge, id),
                    state.isUnconfirmed())) {
                case HOLDS -> {}
                case RAN_OUT -> ranOut.add(id);
                case RENEWED -> renewed.add(id);
            }
        }
        if (!ranOut.isEmpty()) {
            findings.add(new Input.LeasesRanOut(edge, ranOut));
        }
        if (!renewed.isEmpty()) {
            findings.add(new Input.LeasesRenewed(edge, renewed));
        }
    }

    /** Since the edge named it, or since news of it came or happened, whichever was last. */
    private Duration unnamed(String edge, EventState state, Instant now) {
        Duration unnamed = liveness.unrenewed(edge, state.event().id());
        for (Instant news : List.of(state.times().received(), state.times().revised())) {
            Duration since = Duration.between(news, now);
            unnamed = since.compareTo(unnamed) < 0 ? since : unnamed;
        }
        return unnamed;
    }

    @Override
    public void write() {}

    @Override
    public void forget() {}
}
