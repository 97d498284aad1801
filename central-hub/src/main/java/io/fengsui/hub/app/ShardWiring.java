package io.fengsui.hub.app;

import io.fengsui.hub.access.AccessDesk;
import io.fengsui.hub.config.HubSettings;
import io.fengsui.hub.correlate.Correlator;
import io.fengsui.hub.correlate.EventDesk;
import io.fengsui.hub.correlate.Returning;
import io.fengsui.hub.correlate.gather.GatherDesk;
import io.fengsui.hub.correlate.gather.Gathered;
import io.fengsui.hub.correlate.gather.Waiting;
import io.fengsui.hub.correlate.gather.WorkedOn;
import io.fengsui.hub.correlate.handed.HandedOffsets;
import io.fengsui.hub.correlate.handed.HandingOver;
import io.fengsui.hub.correlate.handed.TakingOver;
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
import io.fengsui.hub.shard.ShardSet;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.stage.Stage;
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
import io.fengsui.hub.store.expiry.LogExpiry;
import io.fengsui.hub.store.lease.ShardClaim;
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
import io.fengsui.hub.store.rows.StandingRows;
import io.fengsui.hub.store.rows.TicketRows;
import io.fengsui.hub.store.rows.TimerRows;
import io.fengsui.hub.ticket.Ticket;
import io.fengsui.hub.ticket.TicketDesk;
import io.fengsui.hub.ticket.TicketNumbers;
import io.fengsui.hub.ticket.workflow.Workflow;
import io.fengsui.hub.ticket.workflow.Workflows;
import io.fengsui.runtime.TimeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts the shards together from settings and database. */
final class ShardWiring {
    /**
     * Where the shards' rows lie.
     *
     * @param owner name of this hub, by which it holds the leases
     */
    record Rows(HubDatabase database, String owner) {}

    private final HubSettings settings;
    private final HubDatabase database;
    private final TimeSource time;
    private final Liveness liveness;
    private final List<CommitListener> listeners;
    private final ShardMap map;
    private final ShardClaim claim;

    private ShardWiring(
            HubSettings settings, Rows rows, TimeSource time, Liveness liveness, List<CommitListener> listeners) {
        this.settings = settings;
        this.database = rows.database();
        this.time = time;
        this.liveness = liveness;
        this.listeners = listeners;
        this.map = new ShardMap(settings.database().writers());
        this.claim = new ShardClaim(map, rows.owner(), time);
    }

    static ShardSet shards(
            HubSettings settings, Rows rows, TimeSource time, Liveness liveness, List<CommitListener> listeners) {
        ShardWiring wiring = new ShardWiring(settings, rows, time, liveness, listeners);
        List<Shard> shards = new ArrayList<>();
        shards.add(wiring.first());
        for (int shard = 1; shard < wiring.map.writers(); shard++) {
            shards.add(wiring.ofEdges(shard, shards.getFirst().ring()::handed));
        }
        return new ShardSet(wiring.map, shards);
    }

    private Shard.Surroundings around(
            int shard, WriterSession writer, EdgeBook book, @Nullable IntConsumer handedOver) {
        return new Shard.Surroundings(
                new LedgerRows(writer, new ShardLease(shard, claim)),
                book,
                time,
                settings.drain(),
                handedOver,
                map.writers() == 1);
    }

    private List<Stage> edgeStages(int shard, WriterSession writer, EdgeBook book, EventDesk events) {
        EdgeWatch watch = new EdgeWatch(
                book, new TimerRows(writer, shard), new SilencePolicy(settings.silence()), liveness, events);
        return List.of(watch, new LeaseWatch(book, events, liveness, edge -> map.isOf(shard, edge)));
    }

    /** Of a share of the edges: up to incidents. What concerns tickets is handed over. */
    private Shard ofEdges(int shard, IntConsumer handedOver) {
        WriterSession writer = database.anotherWriter();
        EdgeBook book = new EdgeBook(new EdgeRows(writer, false));
        boolean isGathering = settings.tickets().correlation().isUsed();
        EventDesk events = new EventDesk(
                new EventDesk.Sources(new EventRows(writer, true), new IncidentRows(writer, true), book),
                new Correlator(settings.tickets().window().join()),
                new HandingOver(
                        kind -> isGathering || settings.tickets().policy().mayBeTicket(kind), book));
        List<Stage> stages = new ArrayList<>(List.of(events));
        stages.addAll(edgeStages(shard, writer, book, events));
        stages.add(new LogExpiry(writer, shard, settings.storage().keep()));
        return Shard.of(shard, around(shard, writer, book, handedOver), stages, listeners);
    }

    /** Of tickets and all that belongs to no edge; of the edges too where there is one writer. */
    private Shard first() {
        WriterSession writer = database.writer();
        EdgeRows edges = new EdgeRows(writer, map.writers() == 1);
        AccessRows access = new AccessRows(writer);
        TicketRows ticketRows = new TicketRows(writer);
        EdgeBook book = new EdgeBook(edges);
        HandedOffsets offsets = new HandedOffsets(book);
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
        EvidenceDesk evidence = new EvidenceDesk(new EvidenceRows(writer), tickets, offsets);
        EventRows eventRows = new EventRows(writer, map.writers() > 1);
        IncidentRows incidentRows = new IncidentRows(writer, false);
        AtomicReference<TakingOver> takes = new AtomicReference<>();
        GatherDesk gather = new GatherDesk(
                new GatherRows(writer),
                new GatherDesk.Terms(
                        settings.tickets().correlation(),
                        settings.tickets().router().areas(),
                        settings.zone()),
                new GatherDesk.Around(
                        evidence,
                        id -> Optional.ofNullable(tickets.find(id))
                                .filter(ShardWiring::isUnfinished)
                                .map(ticket -> new WorkedOn.Work(
                                        ticket.matter().severity(),
                                        ticket.times().opened())),
                        tickets::place,
                        waiting(() -> Objects.requireNonNull(takes.get())),
                        silences));
        Returning returning = new Returning(
                gather,
                id -> done(tickets.find(id)),
                gather::severity,
                settings.tickets().window().reopen());
        TakingOver taking = new TakingOver(
                new TakingOver.Tables(eventRows, incidentRows, edges, new StandingRows(writer)), returning, offsets);
        takes.set(taking);
        EventDesk events = new EventDesk(
                new EventDesk.Sources(eventRows, incidentRows, book),
                new Correlator(settings.tickets().window().join()),
                returning);
        gather.again(events);
        AlertReturns returns = new AlertReturns(events);
        List<Stage> stages = new ArrayList<>(List.of(events, taking, gather, tickets, evidence));
        stages.addAll(edgeStages(ShardMap.FIRST, writer, book, events));
        stages.addAll(List.of(
                new DeadlineWatch(deadlines, tickets),
                suspensions,
                new ReportDesk(events, returns, id -> isUnfinished(tickets.find(id))),
                new AlertWatch(timers, events, returns, settings.tickets().alertPatience()),
                silences,
                ladders,
                new RepeatWatch(repeatBook, telling.notifications(), tickets, deliveries),
                deliveries,
                new MarkDesk(new MarkRows(writer)),
                new AccessDesk(new AccessDesk.Tables(access, access, access, access)),
                new LogExpiry(
                        writer,
                        ShardMap.FIRST,
                        map.writers(),
                        settings.storage().keep()),
                new Expiry(
                        writer,
                        settings.storage().keep(),
                        new Expiry.Limits(
                                settings.access().limits().sessions(),
                                settings.access().limits().answers()))));
        return Shard.of(ShardMap.FIRST, around(ShardMap.FIRST, writer, book, null), stages, listeners);
    }

    /** Incidents of this writer's own edges are decided by their rows in memory, those of others by what they are now. */
    private Waiting waiting(Supplier<TakingOver> taking) {
        if (map.writers() == 1) {
            return (incidents, find) -> Waiting.own(incidents);
        }
        return (incidents, find) -> {
            List<String> own = new ArrayList<>();
            List<Gathered> others = new ArrayList<>();
            for (String incident : incidents) {
                Gathered one = find.apply(incident);
                if (one != null && map.isOf(ShardMap.FIRST, one.key().edge())) {
                    own.add(incident);
                } else if (one != null) {
                    others.add(one);
                }
            }
            List<Input> findings = new ArrayList<>(Waiting.own(own));
            findings.addAll(taking.get().waited(others));
            return findings;
        };
    }

    private static boolean isUnfinished(@Nullable Ticket ticket) {
        return ticket != null && ticket.stand().category().isUnfinished();
    }

    private static Returning.@Nullable Done done(@Nullable Ticket ticket) {
        Instant at = ticket == null ? null : ticket.times().closed();
        return ticket == null || at == null
                ? null
                : new Returning.Done(at, ticket.matter().severity());
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
