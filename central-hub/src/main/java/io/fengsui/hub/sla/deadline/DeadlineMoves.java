package io.fengsui.hub.sla.deadline;

import io.fengsui.hub.ticket.Ticket;
import io.fengsui.hub.ticket.TicketFact;
import io.fengsui.hub.ticket.workflow.Category;
import io.fengsui.rules.calendar.Limit;
import io.fengsui.rules.calendar.WorkingCalendar;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a fact does to a ticket's deadlines: a state's deadline begins and ends with the state, the whole's with the
 * ticket; all stand still while it is suspended and go on with what is left; what becomes worse has less time. Pure.
 */
final class DeadlineMoves {
    private final WorkingCalendar calendar;

    DeadlineMoves(WorkingCalendar calendar) {
        this.calendar = calendar;
    }

    /**
     * Answers all deadlines that were open, as they are now, and those that begin.
     *
     * @param limits asked only for a fact that begins a deadline: hardly one does
     * @param before the ticket before the fact; null when the fact opened it
     */
    List<Deadline> after(
            List<Deadline> open,
            @Nullable Ticket before,
            Ticket after,
            TicketFact fact,
            Supplier<DeadlinePolicy.Limits> limits,
            Instant now) {
        return switch (fact) {
            case TicketFact.Opened opened -> begin(after, limits.get(), now);
            case TicketFact.Moved moved -> move(open, before == null ? after : before, after, limits.get(), now);
            case TicketFact.ExtensionGranted granted ->
                open.stream()
                        .map(one -> one.key().isWhole()
                                        || one.key().step().equals(after.stand().state())
                                ? one.extended(granted.by(), calendar, now)
                                : one)
                        .toList();
            case TicketFact.UnitAssigned assigned -> open;
            case TicketFact.Unrouted unrouted -> open;
            case TicketFact.SuspendedUntil waiting -> open;
            case TicketFact.Supervised supervised -> open;
            case TicketFact.SupervisionEnded ended -> open;
            case TicketFact.Commented commented -> open;
            case TicketFact.ExtensionAsked asked -> open;
            case TicketFact.ExtensionDenied denied -> open;
            case TicketFact.DeadlineTold told -> open;
            case TicketFact.EventJoined joined -> open;
            case TicketFact.SeverityRaised raised -> tighten(open, after, limits.get(), now);
            case TicketFact.ConditionCleared cleared -> open;
            case TicketFact.ConditionReturned returned -> open;
            case TicketFact.PictureAttached attached -> open;
            case TicketFact.EventUnconfirmed unconfirmed -> open;
            case TicketFact.EventConfirmed confirmed -> open;
            case TicketFact.Remark remark -> open;
        };
    }

    private List<Deadline> move(
            List<Deadline> open, Ticket before, Ticket after, DeadlinePolicy.Limits limits, Instant now) {
        Category from = before.stand().category();
        Category to = after.stand().category();
        return switch (to) {
            case CLOSED, VOID ->
                open.stream().map(one -> one.ended(calendar, now)).toList();
            case SUSPENDED ->
                open.stream().map(one -> one.paused(calendar, now)).toList();
            case OPEN ->
                switch (from) {
                    case CLOSED, VOID -> begin(after, limits, now);
                    case SUSPENDED -> enter(resumed(open, now), after, limits, now);
                    case OPEN -> enter(open, after, limits, now);
                };
        };
    }

    /**
     * What is worse now has the time of what is worse, from now on; nothing gets more time than it had, and nothing runs
     * while it is suspended.
     */
    private List<Deadline> tighten(List<Deadline> open, Ticket ticket, DeadlinePolicy.Limits limits, Instant now) {
        List<Deadline> result = new ArrayList<>();
        for (Deadline one : open) {
            Limit limit = limits.of(one.key().step());
            result.add(limit == null ? one : one.tightened(limit, calendar, now));
        }
        List<Deadline> begun = begin(ticket, limits, now);
        begun.removeIf(one -> open.stream()
                .anyMatch(known -> known.key().step().equals(one.key().step())));
        if (ticket.stand().category() == Category.SUSPENDED) {
            // Its state has none of its own; the one that it goes on with begins then.
            begun.removeIf(one -> !one.key().isWhole());
            begun.replaceAll(one -> one.paused(calendar, now));
        }
        result.addAll(begun);
        return result;
    }

    private static List<Deadline> resumed(List<Deadline> open, Instant now) {
        return open.stream().map(one -> one.resumed(now)).toList();
    }

    private List<Deadline> begin(Ticket ticket, DeadlinePolicy.Limits limits, Instant now) {
        List<Deadline> begun = new ArrayList<>();
        begin(begun, Deadline.Key.WHOLE, limits.of(Deadline.Key.WHOLE), ticket, now);
        begin(begun, ticket.stand().state(), limits.of(ticket.stand().state()), ticket, now);
        return begun;
    }

    /** Ends the deadlines of other states; begins this state's, if it has none that goes on. */
    private List<Deadline> enter(List<Deadline> open, Ticket ticket, DeadlinePolicy.Limits limits, Instant now) {
        String state = ticket.stand().state();
        List<Deadline> result = new ArrayList<>();
        boolean goesOn = false;
        for (Deadline one : open) {
            boolean isOfState = one.key().step().equals(state);
            goesOn |= isOfState;
            result.add(isOfState || one.key().isWhole() ? one : one.ended(calendar, now));
        }
        if (!goesOn) {
            begin(result, state, limits.of(state), ticket, now);
        }
        return result;
    }

    private static void begin(List<Deadline> to, String step, @Nullable Limit limit, Ticket ticket, Instant now) {
        if (limit != null) {
            to.add(Deadline.begun(
                    new Deadline.Key(ticket.id().text(), step, ticket.stand().version()), limit, now));
        }
    }
}
