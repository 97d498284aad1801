package io.fengsui.hub.ticket;

import io.fengsui.hub.correlate.CorrelateReason;
import io.fengsui.hub.grid.unit.RouteReason;
import io.fengsui.hub.shard.input.Found;
import io.fengsui.hub.ticket.workflow.Category;
import io.fengsui.hub.ticket.workflow.Mark;
import io.fengsui.protocol.Severity;
import io.fengsui.rules.calendar.Limit;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** Something that has happened to a ticket. */
public sealed interface TicketFact {

    /** @param event the event that it was opened for */
    record Opened(
            Ticket.Matter matter, Ticket.Where where, String workflow, String state, Instant occurred, String event)
            implements TicketFact {}

    /** @param mark what it counts as */
    record Moved(String step, String from, String to, Category category, String note, Mark mark)
            implements TicketFact {}

    /** A unit answers for it from now on. */
    record UnitAssigned(String unit, String note) implements TicketFact {}

    /** Nobody was found who answers for it: somebody has to say who does. */
    record Unrouted(RouteReason reason) implements TicketFact {}

    /** It waits until then, and goes on by itself. */
    record SuspendedUntil(Instant until) implements TicketFact {}

    /** 督办. */
    record Supervised(String note) implements TicketFact {}

    record SupervisionEnded(String note) implements TicketFact {}

    record Commented(String note) implements TicketFact {}

    record ExtensionAsked(Limit by, String note) implements TicketFact {}

    record ExtensionGranted(Limit by, String note) implements TicketFact {}

    record ExtensionDenied(Limit by, String note) implements TicketFact {}

    /**
     * So much of the time of a deadline is over; at 100 % it has passed.
     *
     * @param step the state that it is for; {@code *} for the ticket as a whole
     * @param isLate told so long after, for the hub was away
     */
    record DeadlineTold(String step, int percent, Instant due, boolean isLate) implements TicketFact {}

    /** One more event of the same incident. */
    record EventJoined(String event, CorrelateReason reason) implements TicketFact {}

    record SeverityRaised(Severity from, Severity to) implements TicketFact {}

    /**
     * What caused it is over; that closes nothing.
     *
     * @param reason why it counts as over though nobody said so; empty when somebody did
     */
    record ConditionCleared(Instant ended, String reason) implements TicketFact {}

    record ConditionReturned(String event) implements TicketFact {}

    record PictureAttached(String evidence) implements TicketFact {}

    /** Its edge is silent, or does not hold it any more: whether the condition still holds is not known. */
    record EventUnconfirmed(String event) implements TicketFact {}

    record EventConfirmed(String event) implements TicketFact {}

    /** Something that is noted, and changes neither where the ticket stands nor who cares for it. */
    sealed interface Remark extends TicketFact {
        /** Its kind as a row. */
        String kind();

        /** What it says, as texts. */
        Map<String, String> detail();
    }

    record SeverityLowered(Severity from, Severity to) implements Remark {
        @Override
        public String kind() {
            return "severity-lowered";
        }

        @Override
        public Map<String, String> detail() {
            return Map.of(
                    "from",
                    from.name().toLowerCase(Locale.ROOT),
                    "to",
                    to.name().toLowerCase(Locale.ROOT));
        }
    }

    /** Before a step that ends it, the boxes were asked whether the thing is still there. */
    record Asked(Found found) implements Remark {
        @Override
        public String kind() {
            return switch (found.verdict()) {
                case STILL_THERE -> "found-still-there";
                case GONE -> "found-gone";
                case NOT_KNOWN -> "found-not-known";
            };
        }

        @Override
        public Map<String, String> detail() {
            return Map.of("event", found.event(), "picture", found.picture(), "said", found.said());
        }
    }

    /** What a dispatcher found it to be: true, false, duplicate or test. */
    record VerdictGiven(String verdict) implements Remark {
        @Override
        public String kind() {
            return "verdict-given";
        }

        @Override
        public Map<String, String> detail() {
            return Map.of("verdict", verdict);
        }
    }

    /** Another incident belongs to it too. */
    record IncidentJoined(String event, String incident, String reason) implements Remark {
        @Override
        public String kind() {
            return "incident-joined";
        }

        @Override
        public Map<String, String> detail() {
            String label = reason.toLowerCase(Locale.ROOT).replace('_', '-');
            return Map.of("event", event, "incident", incident, "reason", label);
        }
    }

    /** What caused it began again when that ticket was done. */
    record Follows(String ticket) implements Remark {
        @Override
        public String kind() {
            return "follows";
        }

        @Override
        public Map<String, String> detail() {
            return Map.of("ticket", ticket);
        }
    }

    /**
     * Nobody had taken it, so more people were told.
     *
     * @param level from 1 on
     * @param contacts who were told, separated by commas
     */
    record Escalated(String ladder, int level, String contacts) implements Remark {
        @Override
        public String kind() {
            return "escalated";
        }

        @Override
        public Map<String, String> detail() {
            return Map.of("ladder", ladder, "level", Integer.toString(level), "contacts", contacts);
        }
    }
}
