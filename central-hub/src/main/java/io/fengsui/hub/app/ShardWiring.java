package io.fengsui.hub.app;

import io.fengsui.hub.config.HubSettings;
import io.fengsui.hub.correlate.Correlator;
import io.fengsui.hub.correlate.EventDesk;
import io.fengsui.hub.evidence.EvidenceDesk;
import io.fengsui.hub.fleet.Liveness;
import io.fengsui.hub.shard.CommitListener;
import io.fengsui.hub.shard.Shard;
import io.fengsui.hub.shard.ShardMap;
import io.fengsui.hub.sla.EdgeBook;
import io.fengsui.hub.sla.EdgeWatch;
import io.fengsui.hub.sla.LeaseWatch;
import io.fengsui.hub.sla.SilencePolicy;
import io.fengsui.hub.store.HubDatabase;
import io.fengsui.hub.store.sqlite.SqliteEdges;
import io.fengsui.hub.store.sqlite.SqliteEvents;
import io.fengsui.hub.store.sqlite.SqliteEvidence;
import io.fengsui.hub.store.sqlite.SqliteIncidents;
import io.fengsui.hub.store.sqlite.SqliteLedger;
import io.fengsui.hub.store.sqlite.SqliteTickets;
import io.fengsui.hub.store.sqlite.SqliteTimers;
import io.fengsui.hub.ticket.TicketDesk;
import io.fengsui.hub.ticket.TicketNumbers;
import io.fengsui.hub.ticket.workflow.Workflow;
import io.fengsui.hub.ticket.workflow.Workflows;
import io.fengsui.runtime.TimeSource;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Puts the one shard together from settings and database. */
final class ShardWiring {
    private ShardWiring() {}

    static Shard shard(
            HubSettings settings,
            HubDatabase database,
            TimeSource time,
            Liveness liveness,
            List<CommitListener> listeners) {
        Handle writer = database.writer();
        SqliteEdges edges = new SqliteEdges(writer);
        SqliteTickets ticketRows = new SqliteTickets(writer);
        EdgeBook book = new EdgeBook(edges);
        TicketDesk tickets = new TicketDesk(
                ticketRows, edges, rules(settings.tickets()), new TicketNumbers(settings.zone(), ticketRows));
        EvidenceDesk evidence = new EvidenceDesk(new SqliteEvidence(writer), tickets, book);
        EventDesk events = new EventDesk(
                new EventDesk.Sources(new SqliteEvents(writer), new SqliteIncidents(writer), book),
                new Correlator(settings.tickets().window()),
                evidence);
        EdgeWatch watch = new EdgeWatch(
                book,
                new SqliteTimers(writer, ShardMap.FIRST),
                new SilencePolicy(settings.silence()),
                liveness,
                events);
        return Shard.of(
                ShardMap.FIRST,
                new Shard.Surroundings(new SqliteLedger(writer), book, time, settings.drain()),
                List.of(events, tickets, evidence, watch, new LeaseWatch(book, events, liveness)),
                listeners);
    }

    private static TicketDesk.Rules rules(HubSettings.Tickets tickets) {
        Workflows workflows = new Workflows(
                tickets.workflows().stream().collect(Collectors.toMap(Workflow::id, Function.identity())));
        return new TicketDesk.Rules(tickets.policy(), workflows);
    }
}
