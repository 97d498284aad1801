package io.fengsui.hub.ticket;

import io.fengsui.hub.ticket.workflow.Category;
import io.fengsui.rules.calendar.Limit;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who cares for a ticket, and how that went so far. Changed by {@link #after} only.
 *
 * @param unit which answers for it; empty while none does
 * @param resumeTo the state from which it was suspended; empty while it is not
 * @param lastActor who took the last step that moved it
 */
public record Care(String unit, String resumeTo, String lastActor, boolean isSupervised, Waits waits, Counts counts) {
    public static final Care NONE = new Care("", "", "", false, Waits.NONE, new Counts(0, 0, 0));

    /**
     * What it waits for.
     *
     * @param extension by how much more time was asked for; null when nothing is asked
     * @param until it is suspended until then; null when it is not, or without an end
     */
    public record Waits(@Nullable Limit extension, @Nullable Instant until) {
        static final Waits NONE = new Waits(null, null);
    }

    public record Counts(int reworks, int sendBacks, int extensions) {}

    Care after(TicketFact fact, String actor) {
        return switch (fact) {
            case TicketFact.Moved moved -> moved(moved, actor);
            case TicketFact.UnitAssigned assigned ->
                new Care(assigned.unit(), resumeTo, lastActor, isSupervised, waits, counts);
            case TicketFact.SuspendedUntil waiting -> with(new Waits(waits.extension, waiting.until()));
            case TicketFact.Supervised supervised -> new Care(unit, resumeTo, lastActor, true, waits, counts);
            case TicketFact.SupervisionEnded ended -> new Care(unit, resumeTo, lastActor, false, waits, counts);
            case TicketFact.ExtensionAsked asked -> with(new Waits(asked.by(), waits.until));
            case TicketFact.ExtensionDenied denied -> with(new Waits(null, waits.until));
            case TicketFact.ExtensionGranted granted ->
                new Care(
                        unit,
                        resumeTo,
                        lastActor,
                        isSupervised,
                        new Waits(null, waits.until),
                        new Counts(counts.reworks, counts.sendBacks, counts.extensions + 1));
            case TicketFact.Opened opened -> this;
            case TicketFact.Unrouted unrouted -> this;
            case TicketFact.Commented commented -> this;
            case TicketFact.DeadlineTold told -> this;
            case TicketFact.EventJoined joined -> this;
            case TicketFact.SeverityRaised raised -> this;
            case TicketFact.ConditionCleared cleared -> this;
            case TicketFact.ConditionReturned returned -> this;
            case TicketFact.PictureAttached attached -> this;
            case TicketFact.EventUnconfirmed unconfirmed -> this;
            case TicketFact.EventConfirmed confirmed -> this;
            case TicketFact.Remark remark -> this;
        };
    }

    private Care moved(TicketFact.Moved moved, String actor) {
        boolean isSuspended = moved.category() == Category.SUSPENDED;
        Counts counted = switch (moved.mark()) {
            case NONE -> counts;
            case SEND_BACK -> new Counts(counts.reworks, counts.sendBacks + 1, counts.extensions);
            case REWORK -> new Counts(counts.reworks + 1, counts.sendBacks, counts.extensions);
        };
        return new Care(
                unit,
                isSuspended ? moved.from() : "",
                actor,
                isSupervised,
                // What was asked for in one state means nothing in another.
                new Waits(null, null),
                counted);
    }

    private Care with(Waits changed) {
        return new Care(unit, resumeTo, lastActor, isSupervised, changed, counts);
    }
}
