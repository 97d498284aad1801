package io.fengsui.hub.ticket;

import io.fengsui.hub.shard.input.Found;
import io.fengsui.hub.ticket.workflow.Category;
import io.fengsui.hub.ticket.workflow.Guard;
import io.fengsui.hub.ticket.workflow.Mark;
import io.fengsui.hub.ticket.workflow.Workflow;
import io.fengsui.rules.calendar.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides on a step of the workflow: version, state, role, guards, in this order; then what it does. Pure. */
final class StepDecider {
    private static final Duration LONGEST_SUSPENSION = Duration.ofDays(366);

    private StepDecider() {}

    static TicketDecision decide(Ticket ticket, TicketCommand.TakeStep command, Workflow workflow, Instant now) {
        if (command.expectedVersion() >= 0
                && command.expectedVersion() != ticket.stand().version()) {
            return TicketDecision.none(TicketReason.STALE_VERSION);
        }
        Optional<Workflow.Step> found =
                workflow.step(command.step(), ticket.stand().state());
        if (found.isEmpty()) {
            return TicketDecision.none(
                    workflow.hasCommand(command.step()) ? TicketReason.ILLEGAL_STEP : TicketReason.NO_SUCH_STEP);
        }
        Workflow.Step step = found.get();
        if (!step.terms().allows(command.by().role())) {
            return TicketDecision.none(TicketReason.ROLE_NOT_ALLOWED);
        }
        for (Guard guard : step.terms().guards()) {
            TicketReason refusal = check(guard, ticket, command, now);
            if (refusal != TicketReason.MOVED) {
                return TicketDecision.none(refusal);
            }
        }
        return apply(ticket, command, step, workflow);
    }

    /** {@code MOVED} when the guard lets pass. */
    private static TicketReason check(Guard guard, Ticket ticket, TicketCommand.TakeStep command, Instant now) {
        Instant until = command.wants().until();
        return switch (guard) {
            case NOTE -> command.note().isBlank() ? TicketReason.NOTE_NEEDED : TicketReason.MOVED;
            case UNIT ->
                command.wants().unit().isEmpty() && ticket.care().unit().isEmpty()
                        ? TicketReason.UNIT_NEEDED
                        : TicketReason.MOVED;
            case PICTURE -> ticket.picture() == null ? TicketReason.PICTURE_NEEDED : TicketReason.MOVED;
            case UNTIL ->
                until == null || !until.isAfter(now) || until.isAfter(now.plus(LONGEST_SUSPENSION))
                        ? TicketReason.UNTIL_NEEDED
                        : TicketReason.MOVED;
            case EXTENSION -> command.wants().extension() == null ? TicketReason.EXTENSION_NEEDED : TicketReason.MOVED;
            case CLEARED -> ticket.isStillThere() ? TicketReason.NOT_CLEARED : TicketReason.MOVED;
            case OTHER_PERSON ->
                command.by().id().equals(ticket.care().lastActor()) ? TicketReason.SAME_PERSON : TicketReason.MOVED;
        };
    }

    private static TicketDecision apply(
            Ticket ticket, TicketCommand.TakeStep command, Workflow.Step step, Workflow workflow) {
        String note = command.note();
        Limit asked = ticket.care().waits().extension();
        return switch (step.terms().effect()) {
            case MOVE -> end(ticket, command, step, workflow);
            case RESUME ->
                ticket.care().resumeTo().isEmpty()
                        ? TicketDecision.none(TicketReason.ILLEGAL_STEP)
                        : move(ticket, command, step, workflow, ticket.care().resumeTo());
            case ASSIGN ->
                command.wants().unit().isEmpty()
                        ? TicketDecision.none(TicketReason.UNIT_NEEDED)
                        : noted(new TicketFact.UnitAssigned(command.wants().unit(), note));
            case COMMENT ->
                note.isBlank() ? TicketDecision.none(TicketReason.NOTE_NEEDED) : noted(new TicketFact.Commented(note));
            case SUPERVISE ->
                ticket.care().isSupervised()
                        ? TicketDecision.none(TicketReason.NOTHING_NEW)
                        : noted(new TicketFact.Supervised(note));
            case RELEASE ->
                ticket.care().isSupervised()
                        ? noted(new TicketFact.SupervisionEnded(note))
                        : TicketDecision.none(TicketReason.NOTHING_NEW);
            case ASK_EXTENSION -> askExtension(ticket, command);
            case GRANT_EXTENSION ->
                asked == null
                        ? TicketDecision.none(TicketReason.NOTHING_ASKED)
                        : noted(new TicketFact.ExtensionGranted(asked, note));
            case DENY_EXTENSION ->
                asked == null
                        ? TicketDecision.none(TicketReason.NOTHING_ASKED)
                        : noted(new TicketFact.ExtensionDenied(asked, note));
        };
    }

    private static TicketDecision askExtension(Ticket ticket, TicketCommand.TakeStep command) {
        if (ticket.care().waits().extension() != null) {
            return TicketDecision.none(TicketReason.ASKED_ALREADY);
        }
        Limit by = command.wants().extension();
        return by == null
                ? TicketDecision.none(TicketReason.EXTENSION_NEEDED)
                : noted(new TicketFact.ExtensionAsked(by, command.note()));
    }

    /** Where the boxes were asked whether it is still there, what they said goes before the move, and may turn it round. */
    private static TicketDecision end(
            Ticket ticket, TicketCommand.TakeStep command, Workflow.Step step, Workflow workflow) {
        Found found = command.wants().found();
        String back = step.terms().ifStillThere();
        if (found == null || back.isEmpty()) {
            return move(ticket, command, step, workflow, step.to());
        }
        List<TicketFact> facts = new ArrayList<>();
        facts.add(new TicketFact.Asked(found));
        if (found.verdict() == Found.Verdict.STILL_THERE) {
            String from = ticket.stand().state();
            Category category = workflow.state(back).category();
            facts.add(new TicketFact.Moved(step.command(), from, back, category, command.note(), Mark.REWORK));
        } else {
            facts.addAll(move(ticket, command, step, workflow, step.to()).facts());
        }
        return new TicketDecision(TicketReason.MOVED, facts);
    }

    private static TicketDecision move(
            Ticket ticket, TicketCommand.TakeStep command, Workflow.Step step, Workflow workflow, String to) {
        Category category = workflow.state(to).category();
        List<TicketFact> facts = new ArrayList<>();
        String unit = command.wants().unit();
        if (!unit.isEmpty() && !unit.equals(ticket.care().unit())) {
            facts.add(new TicketFact.UnitAssigned(unit, ""));
        }
        facts.add(new TicketFact.Moved(
                step.command(),
                ticket.stand().state(),
                to,
                category,
                command.note(),
                step.terms().mark()));
        if (category == Category.SUSPENDED && command.wants().until() != null) {
            facts.add(new TicketFact.SuspendedUntil(command.wants().until()));
        }
        return new TicketDecision(TicketReason.MOVED, facts);
    }

    private static TicketDecision noted(TicketFact fact) {
        return new TicketDecision(TicketReason.NOTED, List.of(fact));
    }
}
