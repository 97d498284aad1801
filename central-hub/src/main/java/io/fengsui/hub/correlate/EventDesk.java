package io.fengsui.hub.correlate;

import io.fengsui.hub.intake.question.HubWords;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.hub.shard.stage.Change;
import io.fengsui.hub.shard.stage.Rows;
import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.hub.shard.stage.Turn;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.EvidenceLost;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.RecordBody;
import io.fengsui.protocol.Tombstone;
import io.fengsui.protocol.wire.MalformedMessageException;
import io.fengsui.protocol.wire.WireRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds events and incidents of a shard, and takes revisions to them. Invariant: each event is in exactly one incident,
 * at its highest revision. Writer's thread only.
 */
public final class EventDesk implements Stage {
    private static final Logger LOG = LoggerFactory.getLogger(EventDesk.class);
    private static final int KEPT = 20_000;
    /** That an event is open is believed when it was said no longer ago than this; else its edge must say it again. */
    private static final Duration BELIEVED = Duration.ofHours(1);

    /** Where rows and bytes come from. */
    public record Sources(EventTable events, IncidentTable incidents, ClockOffsets offsets) {}

    private final Sources sources;
    private final Correlator correlator;
    private final IncidentSink sink;
    private final Rows<String, EventState> events;
    private final Rows<String, Incident> incidents;
    private final NewestIncidents newest;
    /** What was made of the bytes of the records that come next. */
    private final IdentityHashMap<byte[], RecordBody> decoded = new IdentityHashMap<>();

    public EventDesk(Sources sources, Correlator correlator, IncidentSink sink) {
        this.sources = sources;
        this.correlator = correlator;
        this.sink = sink;
        this.events = new Rows<>(KEPT, sources.events()::find);
        this.incidents = new Rows<>(KEPT, sources.incidents()::find);
        this.newest = new NewestIncidents(sources.incidents(), incidents::get);
    }

    @Override
    public void expect(List<Input> next) {
        decoded.clear();
        List<String> ids = new ArrayList<>();
        for (Input input : next) {
            if (input instanceof Input.RecordTaken(String edge, String epoch, Lane lane, Input.Content content)) {
                try {
                    RecordBody body = WireRecords.decode(content.body());
                    decoded.put(content.body(), body);
                    if (body instanceof Event event) {
                        ids.add(event.id().toString());
                    }
                } catch (MalformedMessageException e) {
                    LOG.debug("a record that nothing can be made of is said when it is taken edge={}", edge);
                }
            }
        }
        events.fetch(ids, sources.events()::findAll);
    }

    @Override
    public void take(Input input, Turn turn) {
        switch (input) {
            case Input.RecordTaken taken -> take(taken.edge(), taken.content().body(), true, turn);
            // What an edge said itself went through its session, which takes the hub's own words out.
            case Input.VolatileTaken taken -> take(taken.edge(), taken.body(), false, turn);
            case Input.EdgeFellSilent silent -> confirm(silent.edge(), openIds(silent.edge()), false, turn);
            case Input.LeasesRenewed leases ->
                confirm(
                        leases.edge(),
                        leases.open().stream().map(EventId::toString).toList(),
                        true,
                        turn);
            case Input.LeasesRanOut leases ->
                confirm(
                        leases.edge(),
                        leases.open().stream().map(EventId::toString).toList(),
                        false,
                        turn);
            case Input.ClockMeasured measured -> {}
            case Input.EdgeGreeted greeted -> {}
            case Input.EdgeLeft left -> {}
            case Input.ForkFound found -> {}
            case Input.HubTrouble trouble -> {}
            case Input.EvidenceTaken taken -> {}
            case Input.CommandGiven given -> {}
            case Input.DeadlineReached reached -> {}
            case Input.TaskTaken(TaskInput task) -> {}
            case Input.HandedOver handed -> {}
            case Input.SuspensionOver over -> {}
        }
    }

    private void take(String edge, byte[] bytes, boolean isEdges, Turn turn) {
        switch (decode(bytes)) {
            case Event event -> {
                if (!event.origin().edge().equals(edge)) {
                    throw new IllegalArgumentException("edge " + edge + " sent an event of edge "
                            + event.origin().edge());
                }
                Duration offset = sources.offsets().offset(edge);
                if (isEdges && HubWords.areIn(event)) {
                    Event believed = HubWords.without(event);
                    take(believed, WireRecords.encode(believed), offset, turn);
                } else {
                    take(event, bytes, offset, turn);
                }
            }
            // A merged record is told by a later one; a dropped one is told by the edge's own health event.
            case Tombstone tombstone -> {}
            case EvidenceLost lost -> sink.onEvidenceLost(edge, lost, turn);
        }
    }

    private RecordBody decode(byte[] bytes) {
        RecordBody known = decoded.remove(bytes);
        if (known != null) {
            return known;
        }
        try {
            return WireRecords.decode(bytes);
        } catch (MalformedMessageException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Takes an event that the hub itself makes. */
    public void takeOwn(Event event, Turn turn) {
        take(event, WireRecords.encode(event), Duration.ZERO, turn);
    }

    /** Gives an incident that has waited to the sink once more, with this event of it. */
    public void again(String id, Turn turn) {
        EventState event = events.get(id);
        Incident incident = event == null ? null : incidents.get(event.incident());
        if (event == null || incident == null) {
            return;
        }
        Incident.Key key = incident.key();
        String ticket = sink.onNews(Correlator.again(event, incident, newest.of(key.edge(), key.dedupKey())), turn);
        if (ticket != null && !ticket.equals(incident.ticket())) {
            incidents.put(incident.id(), incident.withTicket(ticket));
            turn.changed(Change.Entity.EVENT, id, Change.Kind.CHANGED);
        }
    }

    private void take(Event event, byte[] bytes, Duration clockOffset, Turn turn) {
        EventState.Times times = EventState.Times.of(event, clockOffset, turn.now());
        boolean isStale = event.phase().isOpen()
                && Duration.between(times.revised(), turn.now()).compareTo(BELIEVED) > 0;
        EventState news = new EventState(event, times, "", isStale, bytes);
        EventState known = events.get(news.id());
        if (known != null
                && !known.event().origin().edge().equals(event.origin().edge())) {
            throw new IllegalArgumentException("event " + news.id() + " belongs to another edge");
        }
        Correlation correlation = known == null ? place(news, turn) : revise(news, known);
        if (!correlation.reason().isNews()) {
            return;
        }
        boolean isNew = correlation.was() == null;
        events.put(news.id(), correlation.event());
        incidents.put(correlation.incident().id(), correlation.incident());
        if (isNew) {
            newest.added(correlation.incident());
        }
        String ticket = sink.onNews(correlation, turn);
        if (ticket != null && !ticket.equals(correlation.incident().ticket())) {
            incidents.put(correlation.incident().id(), correlation.incident().withTicket(ticket));
        }
        if (known == null) {
            turn.added(event.kind(), news.id());
        } else {
            turn.changed(Change.Entity.EVENT, news.id(), Change.Kind.CHANGED);
        }
    }

    private Correlation revise(EventState news, EventState known) {
        return correlator.revise(news, known, incident(known.incident()));
    }

    private Correlation place(EventState news, Turn turn) {
        Event event = news.event();
        String dedupKey = event.dedupKey().isEmpty()
                ? event.kind() + "/" + event.origin().source().id() + "/"
                        + event.origin().source().zone()
                : event.dedupKey();
        Incident.Key key =
                new Incident.Key(event.origin().edge(), event.origin().site(), dedupKey);
        return correlator.place(news, key, newest.of(key.edge(), dedupKey), Incident.freshId(turn.id()));
    }

    /** The incident of an event that is known. */
    private Incident incident(String id) {
        Incident incident = incidents.get(id);
        if (incident == null) {
            throw new IllegalStateException("no incident " + id);
        }
        return incident;
    }

    /** What is known of an event; null when there is none. */
    public @Nullable EventState find(String id) {
        return events.get(id);
    }

    /** The ticket that stands for an event's incident; null when none does. */
    public @Nullable String ticketOf(EventState event) {
        return incident(event.incident()).ticket();
    }

    /** Edges that have open events. */
    public List<String> edgesWithOpenEvents() {
        events.write(sources.events()::write);
        return sources.events().edgesWithOpenEvents();
    }

    /** The open events of this edge. */
    public List<EventState> open(String edge) {
        return openIds(edge).stream().map(events::get).filter(Objects::nonNull).toList();
    }

    /** Nobody speaks for this edge's open events any more: it has begun a new epoch. */
    public void doubtOpenEvents(String edge, Turn turn) {
        confirm(edge, openIds(edge), false, turn);
    }

    /** Ids of the open events of this edge, in their order. */
    public List<String> openIds(String edge) {
        events.write(sources.events()::write);
        return sources.events().open(edge);
    }

    private void confirm(String edge, List<String> ids, boolean isConfirmed, Turn turn) {
        Set<String> seen = new HashSet<>();
        for (String id : ids) {
            EventState state = seen.add(id) ? events.get(id) : null;
            if (state == null
                    || !state.isOpen()
                    || state.isUnconfirmed() != isConfirmed
                    || state.event().kind().equals(EventKind.EDGE_SILENT)
                    || !state.event().origin().edge().equals(edge)) {
                continue;
            }
            EventState changed = state.confirmed(isConfirmed);
            events.put(id, changed);
            Incident incident = incident(changed.incident());
            String ticket = sink.onConfirmation(Correlation.again(changed, incident), turn);
            if (ticket != null && !ticket.equals(incident.ticket())) {
                incidents.put(incident.id(), incident.withTicket(ticket));
            }
            turn.changed(Change.Entity.EVENT, id, Change.Kind.CHANGED);
        }
    }

    @Override
    public void write() {
        events.write(sources.events()::write);
        incidents.write(sources.incidents()::write);
        newest.written();
        decoded.clear();
    }

    @Override
    public void forget() {
        events.forget();
        incidents.forget();
        newest.forget();
        decoded.clear();
    }
}
