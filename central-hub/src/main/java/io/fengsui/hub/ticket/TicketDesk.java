package io.fengsui.hub.ticket;

import io.fengsui.hub.correlate.Correlation;
import io.fengsui.hub.correlate.EventState;
import io.fengsui.hub.correlate.Incident;
import io.fengsui.hub.correlate.IncidentSink;
import io.fengsui.hub.fleet.Edge;
import io.fengsui.hub.fleet.EdgeTable;
import io.fengsui.hub.fleet.SourceInfo;
import io.fengsui.hub.shard.input.CommandOutcome;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.input.OperatorCommand;
import io.fengsui.hub.shard.stage.Change;
import io.fengsui.hub.shard.stage.Rows;
import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.hub.shard.stage.Turn;
import io.fengsui.hub.ticket.policy.TicketPolicy;
import io.fengsui.hub.ticket.policy.TitleText;
import io.fengsui.hub.ticket.workflow.Workflow;
import io.fengsui.hub.ticket.workflow.Workflows;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EvidenceLost;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import io.fengsui.protocol.value.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Opens tickets for incidents and moves them: everything that happens to a ticket becomes a fact here. Invariant: one
 * ticket an incident at most; version = number of facts. Writer's thread only.
 */
public final class TicketDesk implements Stage, IncidentSink {
    private static final int KEPT = 20_000;
    private static final String HUB = "hub";
    /** Attributes of events that say what people call the zone. */
    private static final String ZONE_ZH = "zone.zh";

    private static final String ZONE_EN = "zone.en";

    /** What rules there are. */
    public record Rules(TicketPolicy policy, Workflows workflows) {
        Workflow workflow(Ticket ticket) {
            Ticket.Stand stand = ticket.stand();
            return workflows.of(stand.workflow(), stand.state(), stand.category());
        }
    }

    private final TicketTable table;
    private final EdgeTable edges;
    private final Rules rules;
    private final TicketNumbers numbers;
    private final Rows<String, Ticket> tickets;
    private final List<RecordedFact> facts = new ArrayList<>();

    public TicketDesk(TicketTable table, EdgeTable edges, Rules rules, TicketNumbers numbers) {
        this.table = table;
        this.edges = edges;
        this.rules = rules;
        this.numbers = numbers;
        this.tickets = new Rows<>(KEPT, table::find);
    }

    @Override
    public void take(Input input, Turn turn) {
        if (input instanceof Input.CommandGiven(OperatorCommand command)) {
            turn.outcome(step(command, turn));
        }
    }

    @Override
    public @Nullable String onNews(Correlation correlation, Turn turn) {
        Incident incident = correlation.incident();
        String id = incident.ticket();
        if (id == null) {
            id = open(correlation, turn);
        }
        if (id != null) {
            act(id, new TicketCommand.NoteNews(correlation), HUB, turn);
        }
        return id;
    }

    @Override
    public void onConfirmation(EventState event, Incident incident, Turn turn) {
        if (incident.ticket() != null) {
            act(incident.ticket(), new TicketCommand.NoteConfirmation(event.id(), !event.isUnconfirmed()), HUB, turn);
        }
    }

    @Override
    public void onEvidenceLost(String edge, EvidenceLost lost, Turn turn) {
        // A ticket without its picture is still a ticket; the row of the evidence says what became of it.
    }

    /** A picture of one of the ticket's events is there. */
    public void onPicture(String ticket, String evidence, Turn turn) {
        act(ticket, new TicketCommand.AttachPicture(evidence), HUB, turn);
    }

    private @Nullable String open(Correlation correlation, Turn turn) {
        Event event = correlation.event().event();
        TicketPolicy.Ruling ruling =
                rules.policy().decide(event, correlation.event().times().occurred(), turn.now());
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
        TicketFact.Opened opened = new TicketFact.Opened(
                matter,
                where,
                workflow.id(),
                workflow.initial(),
                correlation.incident().span().opened(),
                correlation.event().id());
        Ticket.Id id = numbers.next(correlation.incident().id(), turn.now());
        RecordedFact recorded =
                RecordedFact.after(Sha256.NONE, id.text(), 1, new RecordedFact.Stamp(turn.now(), HUB), opened);
        facts.add(recorded);
        tickets.put(id.text(), Ticket.opened(id, opened, recorded));
        turn.changed(Change.Entity.TICKET, id.text(), Change.Kind.ADDED);
        return id.text();
    }

    private Ticket.Where where(Event event) {
        Event.Origin origin = event.origin();
        SourceInfo info = edges.source(origin.edge(), origin.source());
        String id = origin.source().id();
        Name name = info == null || info.name().equals(Name.NONE) ? new Name(id, id) : info.name();
        boolean isPlaceless = origin.place().equals(Place.UNKNOWN);
        Place place = isPlaceless && info != null ? info.place() : origin.place();
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

    private CommandOutcome step(OperatorCommand command, Turn turn) {
        Ticket ticket = tickets.get(command.ticket());
        if (ticket == null) {
            return refused(
                    CommandOutcome.Cause.NO_SUCH_TICKET,
                    "没有工单 " + command.ticket(),
                    "there is no ticket " + command.ticket());
        }
        TicketReason reason = act(
                command.ticket(),
                new TicketCommand.TakeStep(command.step(), command.note(), command.expectedVersion()),
                command.actor(),
                turn);
        Ticket after = tickets.get(command.ticket());
        Ticket.Stand stand = (after == null ? ticket : after).stand();
        Name state = rules.workflow(ticket).state(ticket.stand().state()).name();
        return switch (reason) {
            case MOVED, NOTED, NOTHING_NEW -> new CommandOutcome.Done(command.ticket(), stand.version(), stand.state());
            case NO_SUCH_STEP ->
                refused(
                        CommandOutcome.Cause.NO_SUCH_STEP,
                        "流程中没有步骤 " + command.step(),
                        "the workflow has no step " + command.step());
            case ILLEGAL_STEP ->
                refused(
                        CommandOutcome.Cause.ILLEGAL_STEP,
                        "工单处于“" + state.zh() + "”，不能执行 " + command.step(),
                        "the ticket is " + state.en() + " and cannot take the step " + command.step());
            case STALE_VERSION ->
                refused(
                        CommandOutcome.Cause.STALE_VERSION,
                        "工单已被更新，当前版本为 " + ticket.stand().version(),
                        "the ticket has changed: its version is "
                                + ticket.stand().version());
        };
    }

    private static CommandOutcome refused(CommandOutcome.Cause cause, String zh, String en) {
        return new CommandOutcome.Refused(cause, new Name(zh, en));
    }

    private TicketReason act(String id, TicketCommand command, String actor, Turn turn) {
        Ticket ticket = tickets.get(id);
        if (ticket == null) {
            throw new IllegalStateException("no ticket " + id);
        }
        TicketDecision decision = TicketDecider.decide(ticket, command, rules.workflow(ticket));
        for (TicketFact fact : decision.facts()) {
            RecordedFact recorded = RecordedFact.after(
                    ticket.stand().chain(),
                    id,
                    ticket.stand().version() + 1,
                    new RecordedFact.Stamp(turn.now(), actor),
                    fact);
            facts.add(recorded);
            ticket = ticket.apply(recorded);
        }
        if (!decision.facts().isEmpty()) {
            tickets.put(id, ticket);
            turn.changed(Change.Entity.TICKET, id, Change.Kind.CHANGED);
        }
        return decision.reason();
    }

    @Override
    public void write() {
        tickets.write(table::write);
        if (!facts.isEmpty()) {
            table.append(facts);
            facts.clear();
        }
    }

    @Override
    public void forget() {
        tickets.forget();
        facts.clear();
        numbers.forget();
    }
}
