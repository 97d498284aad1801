package io.fengsui.hub.correlate.handed;

import io.fengsui.hub.correlate.CorrelateReason;
import io.fengsui.hub.correlate.Correlation;
import io.fengsui.hub.correlate.EventState;
import io.fengsui.hub.correlate.EventTable;
import io.fengsui.hub.correlate.Incident;
import io.fengsui.hub.correlate.IncidentSink;
import io.fengsui.hub.correlate.IncidentTable;
import io.fengsui.hub.correlate.gather.Gathered;
import io.fengsui.hub.fleet.Edge;
import io.fengsui.hub.fleet.EdgeTable;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.stage.Change;
import io.fengsui.hub.shard.stage.Rows;
import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.hub.shard.stage.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes over what the edges' writers hand to the writer of tickets, and keeps which ticket stands for each of their
 * incidents. Writer's thread only.
 */
public final class TakingOver implements Stage {
    private static final int KEPT = 20_000;
    /** Incidents of a key among which the ticket before is looked for, of what has waited. */
    private static final int EARLIER = 8;

    /** Rows of other writers, read as they are committed now, and the one column that is this writer's. */
    public record Tables(EventTable events, IncidentTable incidents, EdgeTable edges, StandingTable standings) {}

    private final Tables tables;
    private final IncidentSink sink;
    private final HandedOffsets offsets;
    private final Rows<String, StandingTable.Standing> standings;

    public TakingOver(Tables tables, IncidentSink sink, HandedOffsets offsets) {
        this.tables = tables;
        this.sink = sink;
        this.offsets = offsets;
        this.standings = new Rows<>(
                KEPT,
                incident ->
                        new StandingTable.Standing(incident, tables.standings().ticket(incident)));
    }

    /**
     * What is to be decided once more about incidents that have waited, with all that the decision needs: their writers may
     * change the rows meanwhile. Nothing about one whose rows are gone; nor about one of which news has been handed over and
     * not taken, for these rows know of it already: it comes first, and the incident is decided with it.
     */
    public List<Input> waited(Collection<Gathered> held) {
        Map<String, Input> found = new LinkedHashMap<>();
        for (Gathered one : held) {
            EventState state = tables.events().find(one.event());
            Incident incident = tables.incidents().find(one.incident());
            if (state != null && incident != null) {
                found.put(incident.id(), waited(state, incident));
            }
        }
        // Asked after the rows were read: what is committed between the two shows in neither, or in this one.
        Set<String> coming = tables.standings().coming(List.copyOf(found.keySet()));
        found.keySet().removeAll(coming);
        return List.copyOf(found.values());
    }

    private Input waited(EventState event, Incident incident) {
        String id = incident.key().edge();
        Edge edge = tables.edges().find(id);
        Duration offset = edge == null ? Duration.ZERO : edge.clockOffset();
        List<String> earlier = tables.incidents().newest(id, incident.key().dedupKey(), EARLIER).stream()
                .filter(other -> !other.equals(incident.id()))
                .toList();
        return new Input.HandedOver(null, id, HandedForm.encode(new Handed.Waited(offset, event, incident, earlier)));
    }

    @Override
    public void take(Input input, Turn turn) {
        if (!(input instanceof Input.HandedOver handed)) {
            return;
        }
        try {
            switch (HandedForm.decode(handed)) {
                case Handed.News(
                        Instant heard,
                        CorrelateReason reason,
                        boolean isNew,
                        Duration offset,
                        EventState event,
                        Incident incident,
                        List<String> earlier) -> {
                    turn.heard(heard);
                    offsets.said(handed.edge(), offset);
                    Incident known = isNew ? incident : known(incident); // no ticket stands for what was not there
                    Correlation news = new Correlation(reason, event, known, isNew ? null : known).after(past(earlier));
                    settle(known, sink.onNews(news, turn), event, turn);
                }
                case Handed.Waited(Duration offset, EventState event, Incident incident, List<String> earlier) -> {
                    Incident known = known(incident);
                    offsets.said(handed.edge(), offset);
                    Correlation again =
                            new Correlation(CorrelateReason.NEW_INCIDENT, event, known, null).after(past(earlier));
                    settle(known, sink.onNews(again, turn), event, turn);
                }
                case Handed.Confirmation(Instant heard, EventState event, Incident incident) -> {
                    turn.heard(heard);
                    Incident known = known(incident);
                    settle(known, sink.onConfirmation(Correlation.again(event, known), turn), event, turn);
                }
                case Handed.PictureLost(var lost) -> sink.onEvidenceLost(handed.edge(), lost, turn);
            }
        } finally {
            offsets.over();
        }
    }

    /** The newest of them that has a ticket. */
    private List<Correlation.Earlier> past(List<String> incidents) {
        for (String incident : incidents) {
            StandingTable.Standing standing = standings.get(incident);
            String ticket = standing == null ? null : standing.ticket();
            if (ticket != null) {
                return List.of(new Correlation.Earlier(incident, ticket));
            }
        }
        return List.of();
    }

    private Incident known(Incident incident) {
        StandingTable.Standing standing = standings.get(incident.id());
        return incident.withTicket(standing == null ? null : standing.ticket());
    }

    private void settle(Incident known, @Nullable String ticket, EventState event, Turn turn) {
        if (ticket != null && !ticket.equals(known.ticket())) {
            standings.put(known.id(), new StandingTable.Standing(known.id(), ticket));
            turn.changed(Change.Entity.EVENT, event.id(), Change.Kind.CHANGED);
        }
    }

    @Override
    public void write() {
        standings.write(tables.standings()::write);
    }

    @Override
    public void forget() {
        standings.forget();
    }
}
