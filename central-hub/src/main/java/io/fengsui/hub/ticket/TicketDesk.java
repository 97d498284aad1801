package io.fengsui.hub.ticket;

import io.fengsui.hub.correlate.Correlation;
import io.fengsui.hub.correlate.EventState;
import io.fengsui.hub.correlate.Incident;
import io.fengsui.hub.correlate.IncidentSink;
import io.fengsui.hub.fleet.EdgeTable;
import io.fengsui.hub.grid.unit.Route;
import io.fengsui.hub.grid.unit.Router;
import io.fengsui.hub.shard.input.CommandOutcome;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.input.OperatorCommand;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.hub.shard.stage.Change;
import io.fengsui.hub.shard.stage.Rows;
import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.hub.shard.stage.Turn;
import io.fengsui.hub.ticket.policy.TicketPolicy;
import io.fengsui.hub.ticket.workflow.Category;
import io.fengsui.hub.ticket.workflow.Role;
import io.fengsui.hub.ticket.workflow.Workflow;
import io.fengsui.hub.ticket.workflow.Workflows;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EvidenceLost;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import io.fengsui.protocol.value.Sha256;
import io.fengsui.rules.calendar.Limit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Opens tickets for incidents and moves them: everything that happens to a ticket becomes a fact here. Invariant: one
 * ticket an incident at most that it stands for; version = number of facts. Writer's thread only.
 */
public final class TicketDesk implements Stage, IncidentSink {
    private static final int KEPT = 20_000;
    private static final String HUB = "hub";

    /** What rules there are. */
    public record Rules(TicketPolicy policy, Workflows workflows, Router router) {
        /** The workflow that a ticket goes through. */
        public Workflow workflow(Ticket ticket) {
            Ticket.Stand stand = ticket.stand();
            return workflows.of(stand.workflow(), stand.state(), stand.category());
        }
    }

    private final TicketTable table;
    private final Openings openings;
    private final List<TicketWatcher> watchers;
    private final Rules rules;
    private final TicketNumbers numbers;
    private final Rows<String, Ticket> tickets;
    private final List<RecordedFact> facts = new ArrayList<>();

    /** @param watchers are told of every fact */
    public TicketDesk(
            TicketTable table, EdgeTable edges, Rules rules, TicketNumbers numbers, List<TicketWatcher> watchers) {
        this.table = table;
        this.openings = new Openings(edges, rules);
        this.watchers = List.copyOf(watchers);
        this.rules = rules;
        this.numbers = numbers;
        this.tickets = new Rows<>(KEPT, table::find);
    }

    @Override
    public void take(Input input, Turn turn) {
        if (input instanceof Input.CommandGiven(OperatorCommand command)) {
            turn.outcome(step(command, turn));
        } else if (input instanceof Input.TaskTaken(TaskInput.VerdictGiven(String id, String verdict, String by))
                && tickets.get(id) != null) {
            act(id, new TicketCommand.NoteRemark(new TicketFact.VerdictGiven(verdict)), by, turn);
        } else if (input instanceof Input.SuspensionOver over) {
            resume(over, turn);
        }
    }

    @Override
    public @Nullable String onNews(Correlation correlation, Turn turn) {
        Incident incident = correlation.incident();
        String id = incident.ticket();
        if (id == null) {
            id = open(correlation, correlation.event().times().revised(), turn);
        }
        if (id != null) {
            act(id, new TicketCommand.NoteNews(correlation), HUB, turn);
        }
        return id;
    }

    @Override
    public @Nullable String onConfirmation(Correlation told, Turn turn) {
        EventState event = told.event();
        String id = told.incident().ticket();
        if (id != null) {
            act(id, new TicketCommand.NoteConfirmation(event.id(), !event.isUnconfirmed()), HUB, turn);
        } else if (!event.isUnconfirmed()) {
            // Its news came so late that nobody was sent; now its edge says that it still stands.
            id = open(told, turn.heard(), turn);
        }
        return id;
    }

    @Override
    public void onEvidenceLost(String edge, EvidenceLost lost, Turn turn) {
        // A ticket without its picture is still a ticket; the row of the evidence says what became of it.
    }

    /** A deadline is near or has passed. */
    public void onDeadline(Input.DeadlineReached reached, boolean isLate, Turn turn) {
        TicketFact.DeadlineTold told =
                new TicketFact.DeadlineTold(reached.step(), reached.percent(), reached.due(), isLate);
        act(reached.ticket(), new TicketCommand.NoteDeadline(told), HUB, turn);
    }

    /** Notes something of a ticket; the ticket with it, null when there is no such ticket or it is done. */
    public @Nullable Ticket onRemark(String id, TicketFact.Remark remark, Turn turn) {
        if (tickets.get(id) == null || act(id, new TicketCommand.NoteRemark(remark), HUB, turn) != TicketReason.NOTED) {
            return null;
        }
        return tickets.get(id);
    }

    /** Where an event is, as far as is known. */
    public Place place(Event event) {
        return openings.where(event).place();
    }

    /** The ticket as it is now; null when there is none. */
    public @Nullable Ticket find(String id) {
        return tickets.get(id);
    }

    /** Tickets that are not done, as they were after the last batch, in an order of their own; null: from the first on. */
    public List<Ticket> unfinished(@Nullable Ticket after, int limit) {
        return table.unfinished(after, limit);
    }

    private void resume(Input.SuspensionOver over, Turn turn) {
        Ticket ticket = tickets.get(over.ticket());
        if (ticket == null
                || ticket.stand().category() != Category.SUSPENDED
                || !over.until().equals(ticket.care().waits().until())) {
            return;
        }
        rules.workflow(ticket)
                .resuming(ticket.stand().state())
                .ifPresent(step -> act(over.ticket(), byHub(step.command()), HUB, turn));
    }

    private static TicketCommand byHub(String step) {
        return new TicketCommand.TakeStep(
                step, "缓办到期 / suspension over", -1, TicketCommand.Actor.HUB, TicketCommand.Wants.NOTHING);
    }

    /** A picture of one of the ticket's events is there. */
    public void onPicture(String ticket, String evidence, Turn turn) {
        act(ticket, new TicketCommand.AttachPicture(evidence), HUB, turn);
    }

    private @Nullable String open(Correlation correlation, Instant told, Turn turn) {
        TicketFact.Opened opened = openings.opened(correlation, told, turn.heard());
        if (opened == null) {
            return null;
        }
        Ticket.Id id = numbers.next(correlation.incident().id(), turn.now());
        RecordedFact recorded =
                RecordedFact.after(Sha256.NONE, id.text(), 1, new RecordedFact.Stamp(turn.now(), HUB), opened);
        facts.add(recorded);
        Ticket ticket = Ticket.opened(id, opened, recorded);
        tickets.put(id.text(), ticket);
        turn.changed(Change.Entity.TICKET, id.text(), Change.Kind.ADDED);
        watchers.forEach(watcher -> watcher.onFact(null, ticket, opened, turn));
        String before = correlation.past().follows();
        if (!before.isEmpty()) {
            act(id.text(), new TicketCommand.NoteRemark(new TicketFact.Follows(before)), HUB, turn);
        }
        if (rules.router().isUsed()) {
            Route route =
                    rules.router().decide(opened.matter().kind(), opened.where().place());
            act(id.text(), new TicketCommand.TakeRoute(route), HUB, turn);
        }
        return id.text();
    }

    private CommandOutcome step(OperatorCommand command, Turn turn) {
        Ticket ticket = tickets.get(command.ticket());
        if (ticket == null) {
            return Refusals.refused(
                    CommandOutcome.Cause.NO_SUCH_TICKET,
                    "没有工单 " + command.ticket(),
                    "there is no ticket " + command.ticket());
        }
        String unit = command.details().unit();
        if (!unit.isEmpty()
                && rules.router().isUsed()
                && rules.router().unit(unit).isEmpty()) {
            return Refusals.refused(
                    CommandOutcome.Cause.SOMETHING_MISSING, "没有承办单位 " + unit, "there is no unit " + unit);
        }
        TicketReason reason = act(command.ticket(), wish(command), command.actor(), turn);
        Ticket after = tickets.get(command.ticket());
        Name state = rules.workflow(ticket).state(ticket.stand().state()).name();
        return Refusals.outcome(reason, command, (after == null ? ticket : after).stand(), state);
    }

    private static TicketCommand wish(OperatorCommand command) {
        OperatorCommand.Details details = command.details();
        Role role = Role.valueOf(details.role().toUpperCase(Locale.ROOT));
        Limit extension = details.extension().isEmpty()
                ? null
                : Limit.parse(details.extension()).orElseThrow(() -> new IllegalArgumentException("no limit"));
        return new TicketCommand.TakeStep(
                command.step(),
                command.note(),
                command.expectedVersion(),
                new TicketCommand.Actor(command.actor(), role),
                new TicketCommand.Wants(details.unit(), extension, details.until(), details.found()));
    }

    private TicketReason act(String id, TicketCommand command, String actor, Turn turn) {
        Ticket ticket = tickets.get(id);
        if (ticket == null) {
            throw new IllegalStateException("no ticket " + id);
        }
        TicketDecision decision = TicketDecider.decide(ticket, command, rules.workflow(ticket), turn.now());
        for (TicketFact fact : decision.facts()) {
            RecordedFact recorded = RecordedFact.after(
                    ticket.stand().chain(),
                    id,
                    ticket.stand().version() + 1,
                    new RecordedFact.Stamp(turn.now(), actor),
                    fact);
            facts.add(recorded);
            Ticket before = ticket;
            Ticket after = before.apply(recorded);
            watchers.forEach(watcher -> watcher.onFact(before, after, fact, turn));
            noteLeaving(before, after, turn);
            ticket = after;
        }
        if (!decision.facts().isEmpty()) {
            tickets.put(id, ticket);
            turn.changed(Change.Entity.TICKET, id, Change.Kind.CHANGED);
        }
        return decision.reason();
    }

    /** Those who saw it only as their unit's hear of it this last time. */
    private static void noteLeaving(Ticket before, Ticket after, Turn turn) {
        String unit = before.care().unit();
        if (!unit.isEmpty() && !unit.equals(after.care().unit())) {
            turn.changed(Change.Entity.LEFT, new Change.Leaving(before.id().text(), unit).id(), Change.Kind.CHANGED);
        }
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
