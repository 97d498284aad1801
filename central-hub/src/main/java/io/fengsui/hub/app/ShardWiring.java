package io.fengsui.hub.app;

import io.fengsui.hub.access.AccessDesk;
import io.fengsui.hub.config.HubSettings;
import io.fengsui.hub.correlate.Correlator;
import io.fengsui.hub.correlate.EventDesk;
import io.fengsui.hub.correlate.gather.GatherDesk;
import io.fengsui.hub.correlate.report.AlertReturns;
import io.fengsui.hub.correlate.report.ReportDesk;
import io.fengsui.hub.evidence.EvidenceDesk;
import io.fengsui.hub.evidence.mark.MarkDesk;
import io.fengsui.hub.fleet.Liveness;
import io.fengsui.hub.notify.DeliveryDesk;
import io.fengsui.hub.notify.ladder.LadderWatch;
import io.fengsui.hub.notify.repeat.RepeatWatch;
import io.fengsui.hub.notify.silence.SilenceDesk;
import io.fengsui.hub.shard.CommitListener;
import io.fengsui.hub.shard.Shard;
import io.fengsui.hub.shard.ShardMap;
import io.fengsui.hub.sla.AlertWatch;
import io.fengsui.hub.sla.EdgeBook;
import io.fengsui.hub.sla.EdgeWatch;
import io.fengsui.hub.sla.LeaseWatch;
import io.fengsui.hub.sla.SilencePolicy;
import io.fengsui.hub.sla.deadline.DeadlineBook;
import io.fengsui.hub.sla.deadline.DeadlineWatch;
import io.fengsui.hub.sla.deadline.SuspensionWatch;
import io.fengsui.hub.store.HubDatabase;
import io.fengsui.hub.store.WriterSession;
import io.fengsui.hub.store.access.AccessRows;
import io.fengsui.hub.store.expiry.Expiry;
import io.fengsui.hub.store.lease.ShardLease;
import io.fengsui.hub.store.rows.DeadlineRows;
import io.fengsui.hub.store.rows.DeliveryRows;
import io.fengsui.hub.store.rows.EdgeRows;
import io.fengsui.hub.store.rows.EscalationRows;
import io.fengsui.hub.store.rows.EventRows;
import io.fengsui.hub.store.rows.EvidenceRows;
import io.fengsui.hub.store.rows.GatherRows;
import io.fengsui.hub.store.rows.IncidentRows;
import io.fengsui.hub.store.rows.LedgerRows;
import io.fengsui.hub.store.rows.MarkRows;
import io.fengsui.hub.store.rows.SilenceRows;
import io.fengsui.hub.store.rows.TicketRows;
import io.fengsui.hub.store.rows.TimerRows;
import io.fengsui.hub.ticket.Ticket;
import io.fengsui.hub.ticket.TicketDesk;
import io.fengsui.hub.ticket.TicketNumbers;
import io.fengsui.hub.ticket.workflow.Workflow;
import io.fengsui.hub.ticket.workflow.Workflows;
import io.fengsui.runtime.TimeSource;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts the one shard together from settings and database. */
final class ShardWiring {
    /**
     * Where the shard's rows lie.
     *
     * @param owner name of this hub, by which it holds the lease
     */
    record Rows(HubDatabase database, String owner) {}

    private ShardWiring() {}

    static Shard shard(
            HubSettings settings, Rows rows, TimeSource time, Liveness liveness, List<CommitListener> listeners) {
        WriterSession writer = rows.database().writer();
        EdgeRows edges = new EdgeRows(writer);
        AccessRows access = new AccessRows(writer);
        TicketRows ticketRows = new TicketRows(writer);
        EdgeBook book = new EdgeBook(edges);
        TimerRows timers = new TimerRows(writer, ShardMap.FIRST);
        DeadlineBook deadlines = new DeadlineBook(new DeadlineRows(writer), timers, deadlines(settings.tickets()));
        SuspensionWatch suspensions = new SuspensionWatch(timers);
        TicketDesk.Rules rules = rules(settings.tickets());
        HubSettings.Telling telling = settings.tickets().telling();
        LadderWatch.Book ladderBook =
                new LadderWatch.Book(new EscalationRows(writer), timers, telling.ladders(), rules);
        RepeatWatch.Book repeatBook = new RepeatWatch.Book(timers);
        SilenceDesk silences = new SilenceDesk(
                new SilenceRows(writer), settings.tickets().router().areas());
        DeliveryDesk deliveries = new DeliveryDesk(
                new DeliveryRows(writer),
                new DeliveryDesk.Terms(telling.notifications(), rules, settings.zone(), silences),
                repeatBook);
        TicketDesk tickets = new TicketDesk(
                ticketRows,
                edges,
                rules,
                new TicketNumbers(settings.zone(), ticketRows),
                List.of(deadlines, suspensions, ladderBook, deliveries, silences));
        LadderWatch ladders = new LadderWatch(
                ladderBook,
                new LadderWatch.Terms(telling.ladders(), telling.notifications(), silences),
                tickets,
                deliveries);
        EvidenceDesk evidence = new EvidenceDesk(new EvidenceRows(writer), tickets, book);
        GatherDesk gather = new GatherDesk(
                new GatherRows(writer),
                new GatherDesk.Terms(
                        settings.tickets().correlation(),
                        settings.tickets().router().areas(),
                        settings.zone()),
                new GatherDesk.Around(evidence, id -> isUnfinished(tickets.find(id)), tickets::place));
        EventDesk events = new EventDesk(
                new EventDesk.Sources(new EventRows(writer), new IncidentRows(writer), book),
                new Correlator(settings.tickets().window()),
                gather);
        gather.again(events);
        AlertReturns returns = new AlertReturns(events);
        EdgeWatch watch = new EdgeWatch(book, timers, new SilencePolicy(settings.silence()), liveness, events);
        return Shard.of(
                ShardMap.FIRST,
                new Shard.Surroundings(
                        new LedgerRows(writer, new ShardLease(ShardMap.FIRST, rows.owner(), time)),
                        book,
                        time,
                        settings.drain()),
                List.of(
                        events,
                        gather,
                        tickets,
                        evidence,
                        watch,
                        new LeaseWatch(book, events, liveness),
                        new DeadlineWatch(deadlines, tickets),
                        suspensions,
                        new ReportDesk(events, returns, id -> isUnfinished(tickets.find(id))),
                        new AlertWatch(
                                timers, events, returns, settings.tickets().alertPatience()),
                        silences,
                        ladders,
                        new RepeatWatch(repeatBook, telling.notifications(), tickets, deliveries),
                        deliveries,
                        new MarkDesk(new MarkRows(writer)),
                        new AccessDesk(new AccessDesk.Tables(access, access, access, access)),
                        new Expiry(
                                writer,
                                ShardMap.FIRST,
                                settings.storage().keep(),
                                new Expiry.Limits(
                                        settings.access().limits().sessions(),
                                        settings.access().limits().answers()))),
                listeners);
    }

    private static boolean isUnfinished(@Nullable Ticket ticket) {
        return ticket != null && ticket.stand().category().isUnfinished();
    }

    private static DeadlineBook.Terms deadlines(HubSettings.Tickets tickets) {
        return new DeadlineBook.Terms(
                tickets.deadlines().policy(),
                tickets.router().areas()::isWithin,
                tickets.deadlines().calendar());
    }

    private static TicketDesk.Rules rules(HubSettings.Tickets tickets) {
        Workflows workflows = new Workflows(
                tickets.workflows().stream().collect(Collectors.toMap(Workflow::id, Function.identity())));
        return new TicketDesk.Rules(tickets.policy(), workflows, tickets.router());
    }
}
