package io.fengsui.hub.ticket;

import io.fengsui.hub.correlate.Correlation;
import io.fengsui.hub.grid.unit.Route;
import io.fengsui.hub.shard.input.Found;
import io.fengsui.hub.ticket.workflow.Role;
import io.fengsui.rules.calendar.Limit;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is asked of a ticket, by a person or by what has been found. */
public sealed interface TicketCommand {

    /** @param expectedVersion negative when any will do */
    record TakeStep(String step, String note, long expectedVersion, Actor by, Wants wants) implements TicketCommand {}

    /** Who asks. */
    record Actor(String id, Role role) {
        /** The program itself. */
        static final Actor HUB = new Actor("hub", Role.ADMIN);
    }

    /**
     * What some steps need to be told.
     *
     * @param unit empty when none is named
     * @param extension by how much more time; null when not asked
     * @param until when a suspension shall end; null when not said
     * @param found what the boxes said; null when they were not asked
     */
    record Wants(
            String unit,
            @Nullable Limit extension,
            @Nullable Instant until,
            @Nullable Found found) {
        static final Wants NOTHING = new Wants("", null, null);

        /** Without a question to the boxes. */
        Wants(String unit, @Nullable Limit extension, @Nullable Instant until) {
            this(unit, extension, until, null);
        }
    }

    record NoteNews(Correlation correlation) implements TicketCommand {}

    record AttachPicture(String evidence) implements TicketCommand {}

    record NoteConfirmation(String event, boolean isConfirmed) implements TicketCommand {}

    /** So much of a deadline's time is over. */
    record NoteDeadline(TicketFact.DeadlineTold told) implements TicketCommand {}

    /** Something is to be noted of a ticket that is not done. */
    record NoteRemark(TicketFact.Remark remark) implements TicketCommand {}

    /** It was looked for a unit. */
    record TakeRoute(Route route) implements TicketCommand {}
}
