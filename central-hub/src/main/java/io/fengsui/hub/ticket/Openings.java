package io.fengsui.hub.ticket;

import io.fengsui.hub.correlate.Correlation;
import io.fengsui.hub.fleet.Edge;
import io.fengsui.hub.fleet.EdgeTable;
import io.fengsui.hub.fleet.SourceInfo;
import io.fengsui.hub.ticket.policy.TicketPolicy;
import io.fengsui.hub.ticket.policy.TitleText;
import io.fengsui.hub.ticket.workflow.Workflow;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds whether an incident becomes a ticket, and what stands on its first page. Writer's thread only, for its rows. */
final class Openings {
    /** Attributes of events that say what people call the zone. */
    private static final String ZONE_ZH = "zone.zh";

    private static final String ZONE_EN = "zone.en";

    private final EdgeTable edges;
    private final TicketDesk.Rules rules;

    Openings(EdgeTable edges, TicketDesk.Rules rules) {
        this.edges = edges;
        this.rules = rules;
    }

    /**
     * The first fact of a ticket for this incident; null when there is to be none.
     *
     * @param told when the edge said what is known of the event
     * @param heard when the hub heard it
     */
    TicketFact.@Nullable Opened opened(Correlation correlation, Instant told, Instant heard) {
        Event event = correlation.event().event();
        TicketPolicy.Ruling ruling =
                rules.policy().decide(event, correlation.event().times().occurred(), told, heard);
        if (!ruling.isTicket()) {
            return null;
        }
        Workflow workflow = rules.workflows().named(ruling.rule().workflow());
        Ticket.Where where = where(event);
        Ticket.Matter matter = new Ticket.Matter(
                event.kind(),
                title(ruling.rule().title(), event, where),
                event.severity(),
                correlation.incident().key().dedupKey());
        return new TicketFact.Opened(
                matter,
                where,
                workflow.id(),
                workflow.initial(),
                correlation.incident().span().opened(),
                correlation.event().id());
    }

    Ticket.Where where(Event event) {
        Event.Origin origin = event.origin();
        SourceInfo info = edges.source(origin.edge(), origin.source());
        String id = origin.source().id();
        Name name = info == null || info.name().equals(Name.NONE) ? new Name(id, id) : info.name();
        boolean isPlaceless = origin.place().equals(Place.UNKNOWN);
        Place told = isPlaceless && info != null ? info.place() : origin.place();
        Place place = new Place(told.name(), rules.router().grid(told), told.position());
        return new Ticket.Where(origin.edge(), origin.site(), place, origin.source(), name, zoneName(event));
    }

    private static Name zoneName(Event event) {
        String id = event.origin().source().zone();
        String zh = event.attributes().getOrDefault(ZONE_ZH, "");
        String en = event.attributes().getOrDefault(ZONE_EN, "");
        String only = zh.isEmpty() ? en : zh;
        return only.isEmpty() ? new Name(id, id) : new Name(only, en.isEmpty() ? only : en);
    }

    private Name title(Name template, Event event, Ticket.Where where) {
        Edge edge = edges.find(where.edge());
        Name site = edge == null ? new Name(where.site(), where.site()) : edge.siteName();
        Name place =
                where.place().name().equals(Name.NONE) ? site : where.place().name();
        return TitleText.fill(
                template,
                Map.of(
                        "place",
                        place,
                        "source",
                        where.sourceName(),
                        "zone",
                        where.zoneName(),
                        "site",
                        site,
                        "kind",
                        new Name(event.kind().value(), event.kind().value())));
    }
}
