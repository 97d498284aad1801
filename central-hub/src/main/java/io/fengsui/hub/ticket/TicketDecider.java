package io.fengsui.hub.ticket;

import io.fengsui.hub.correlate.CorrelateReason;
import io.fengsui.hub.correlate.Correlation;
import io.fengsui.hub.correlate.Incident;
import io.fengsui.hub.correlate.report.ReportEvent;
import io.fengsui.hub.grid.unit.Route;
import io.fengsui.hub.ticket.workflow.Category;
import io.fengsui.hub.ticket.workflow.Workflow;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Decides what a command does to a ticket. Pure. */
public final class TicketDecider {
    private TicketDecider() {}

    public static TicketDecision decide(Ticket ticket, TicketCommand command, Workflow workflow, Instant now) {
        return switch (command) {
            case TicketCommand.TakeStep step -> StepDecider.decide(ticket, step, workflow, now);
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
            case TicketCommand.NoteDeadline deadline ->
                ticket.stand().category() == Category.OPEN
                        ? noted(List.of(deadline.told()))
                        : TicketDecision.none(TicketReason.NOTHING_NEW);
            case TicketCommand.NoteRemark(TicketFact.Remark remark) ->
                // What a ticket was is often known only when it is done.
                ticket.stand().category().isUnfinished() || remark instanceof TicketFact.VerdictGiven
                        ? noted(List.of(remark))
                        : TicketDecision.none(TicketReason.NOTHING_NEW);
            case TicketCommand.TakeRoute(Route route) ->
                noted(List.of(
                        route.isFound()
                                ? new TicketFact.UnitAssigned(route.unit(), why(route))
                                : new TicketFact.Unrouted(route.reason())));
        };
    }

    private static TicketDecision news(Ticket ticket, Correlation correlation) {
        List<TicketFact> facts = new ArrayList<>();
        Incident incident = correlation.incident();
        String event = correlation.event().id();
        boolean isFirst = correlation.was() == null || correlation.was().ticket() == null;
        if (!correlation.company().reason().isEmpty()) {
            facts.add(new TicketFact.IncidentJoined(
                    event, correlation.incident().id(), correlation.company().reason()));
        } else if (correlation.reason() != CorrelateReason.REVISED && !isFirst) {
            facts.add(new TicketFact.EventJoined(event, correlation.reason()));
        }
        Severity severity = ticket.matter().severity();
        Severity now = severity(ticket, correlation);
        // Who is done with it is done with what it was then: figures count it so, and what is worse gets a ticket of
        // its own.
        if (ticket.stand().category().isUnfinished()) {
            if (!severity.isAtLeast(now)) {
                facts.add(new TicketFact.SeverityRaised(severity, now));
            } else if (!severity.equals(now) && isAlone(ticket, correlation)) {
                facts.add(new TicketFact.SeverityLowered(severity, now));
            }
        }
        Instant cleared = ticket.times().conditionCleared();
        if (cleared != null && incident.isOpen()) {
            facts.add(new TicketFact.ConditionReturned(event));
        }
        Instant ended = incident.span().ended();
        boolean isEnd = correlation.event().event().phase() == Phase.ENDED
                && !correlation.company().hasOpenOthers();
        if (isEnd && ended != null && (cleared == null || cleared.isBefore(ended))) {
            facts.add(new TicketFact.ConditionCleared(
                    ended, ReportEvent.cleared(correlation.event().event())));
        }
        return facts.isEmpty() ? TicketDecision.none(TicketReason.NOTHING_NEW) : noted(facts);
    }

    /**
     * The worst of its incident; where that may have been worse before it was this ticket's, how severe its event is: of what
     * joined it has all it needs to know since then.
     */
    private static Severity severity(Ticket ticket, Correlation correlation) {
        Incident incident = correlation.incident();
        boolean isItsOwn = ticket.id().incident().equals(incident.id());
        boolean isFromBefore = isItsOwn
                ? incident.span().opened().isBefore(ticket.times().occurred())
                : correlation.company().reason().isEmpty();
        return isFromBefore ? correlation.event().event().severity() : incident.severity();
    }

    /** Whether the ticket has never stood for anything but this incident's one event, and what was answered about it. */
    private static boolean isAlone(Ticket ticket, Correlation correlation) {
        int events = correlation.event().isAnswer() ? 2 : 1;
        return ticket.sum().events() == 1
                && correlation.incident().events().all() == events
                && correlation.company().reason().isEmpty();
    }

    private static String why(Route route) {
        return switch (route.reason()) {
            case UNIT_OF_PLACE -> "按网格派单 / unit of the place " + route.area();
            case UNIT_OF_LARGER_AREA -> "上级区域派单 / unit of the larger area " + route.area();
            case UNIT_OF_EVERYWHERE -> "按类别派单 / unit for the class everywhere";
            case NO_PLACE, NO_UNIT -> "";
        };
    }

    private static TicketDecision noted(List<TicketFact> facts) {
        return new TicketDecision(TicketReason.NOTED, facts);
    }
}
