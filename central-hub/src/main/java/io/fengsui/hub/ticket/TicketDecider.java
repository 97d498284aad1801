package io.fengsui.hub.ticket;

import io.fengsui.hub.correlate.CorrelateReason;
import io.fengsui.hub.correlate.Correlation;
import io.fengsui.hub.correlate.Incident;
import io.fengsui.hub.ticket.workflow.Category;
import io.fengsui.hub.ticket.workflow.Workflow;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides what a command does to a ticket. Pure. */
public final class TicketDecider {
    private TicketDecider() {}

    public static TicketDecision decide(Ticket ticket, TicketCommand command, Workflow workflow) {
        return switch (command) {
            case TicketCommand.TakeStep step -> step(ticket, step, workflow);
            case TicketCommand.NoteNews news -> news(ticket, news.correlation());
            case TicketCommand.AttachPicture picture ->
                ticket.picture() == null
                        ? noted(List.of(new TicketFact.PictureAttached(picture.evidence())))
                        : TicketDecision.none(TicketReason.NOTHING_NEW);
            case TicketCommand.NoteConfirmation confirmation ->
                noted(List.of(
                        confirmation.isConfirmed()
                                ? new TicketFact.EventConfirmed(confirmation.event())
                                : new TicketFact.EventUnconfirmed(confirmation.event())));
        };
    }

    private static TicketDecision step(Ticket ticket, TicketCommand.TakeStep command, Workflow workflow) {
        if (command.expectedVersion() >= 0
                && command.expectedVersion() != ticket.stand().version()) {
            return TicketDecision.none(TicketReason.STALE_VERSION);
        }
        String from = ticket.stand().state();
        Optional<Workflow.Step> step = workflow.step(command.step(), from);
        if (step.isEmpty()) {
            return TicketDecision.none(
                    workflow.hasCommand(command.step()) ? TicketReason.ILLEGAL_STEP : TicketReason.NO_SUCH_STEP);
        }
        String to = step.get().to();
        Category category = workflow.state(to).category();
        return new TicketDecision(
                TicketReason.MOVED, List.of(new TicketFact.Moved(command.step(), from, to, category, command.note())));
    }

    private static TicketDecision news(Ticket ticket, Correlation correlation) {
        List<TicketFact> facts = new ArrayList<>();
        Incident incident = correlation.incident();
        String event = correlation.event().id();
        boolean isFirst = correlation.was() == null || correlation.was().ticket() == null;
        if (correlation.reason() != CorrelateReason.REVISED && !isFirst) {
            facts.add(new TicketFact.EventJoined(event, correlation.reason()));
        }
        Severity severity = ticket.matter().severity();
        if (!severity.isAtLeast(incident.severity())) {
            facts.add(new TicketFact.SeverityRaised(severity, incident.severity()));
        }
        Instant cleared = ticket.times().conditionCleared();
        if (cleared != null && incident.isOpen()) {
            facts.add(new TicketFact.ConditionReturned(event));
        }
        Instant ended = incident.span().ended();
        boolean isEnd = correlation.event().event().phase() == Phase.ENDED;
        if (isEnd && ended != null && (cleared == null || cleared.isBefore(ended))) {
            facts.add(new TicketFact.ConditionCleared(ended));
        }
        return facts.isEmpty() ? TicketDecision.none(TicketReason.NOTHING_NEW) : noted(facts);
    }

    private static TicketDecision noted(List<TicketFact> facts) {
        return new TicketDecision(TicketReason.NOTED, facts);
    }
}
