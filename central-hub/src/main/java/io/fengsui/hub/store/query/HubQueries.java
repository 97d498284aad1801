package io.fengsui.hub.store.query;

import io.fengsui.hub.store.access.AccessQueries;
import org.jdbi.v3.core.Jdbi;

/** Everything that is asked of the hub's rows, from one pool of readers. */
public record HubQueries(
        TicketQueries tickets,
        TicketCounts counts,
        EventQueries events,
        FleetQueries fleet,
        NameQueries names,
        ChangeQueries changes,
        OutboxQueries outbox,
        SilenceQueries silences,
        HeldQueries held,
        FigureQueries figures,
        MarkQueries marks,
        AccessQueries access) {
    public static HubQueries of(Jdbi reader) {
        return new HubQueries(
                new TicketQueries(reader),
                new TicketCounts(reader),
                new EventQueries(reader),
                new FleetQueries(reader),
                new NameQueries(reader),
                new ChangeQueries(reader),
                new OutboxQueries(reader),
                new SilenceQueries(reader),
                new HeldQueries(reader),
                new FigureQueries(reader),
                new MarkQueries(reader),
                new AccessQueries(reader));
    }
}
