package io.fengsui.hub.shard.input;

import io.fengsui.protocol.value.Checks;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants done to a ticket.
 *
 * @param step a command of the ticket's workflow: accept, verify …, void
 * @param expectedVersion the version that the person saw; negative when any will do
 */
public record OperatorCommand(
        String ticket, String step, String note, String actor, long expectedVersion, Details details) {

    /**
     * What some steps need to be told.
     *
     * @param role of the person: viewer, dispatcher, unit, supervisor or admin
     * @param unit which is to handle it; empty when none is named
     * @param extension by how much more time, such as {@code 2wd}; empty when none is asked for
     * @param until when a suspension shall end; null when not said
     * @param found what the boxes said; null when they were not asked
     */
    public record Details(
            String role,
            String unit,
            String extension,
            @Nullable Instant until,
            @Nullable Found found) {
        public static final Details NONE = new Details("admin", "", "", null);

        /** Without a question to the boxes. */
        public Details(String role, String unit, String extension, @Nullable Instant until) {
            this(role, unit, extension, until, null);
        }

        public Details {
            Checks.id("role", role);
            Checks.text("unit", unit);
            Checks.text("extension", extension);
            until = until == null ? null : until.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    public OperatorCommand {
        Checks.id("ticket", ticket);
        Checks.id("command", step);
        Checks.text("note", note);
        Checks.id("actor", actor);
    }

    /** The same, with what the boxes said. */
    public OperatorCommand with(Found found, long version) {
        return new OperatorCommand(
                ticket,
                step,
                note,
                actor,
                version,
                new Details(details.role, details.unit, details.extension, details.until, found));
    }

    /** By somebody who may take every step. */
    public OperatorCommand(String ticket, String step, String note, String actor, long expectedVersion) {
        this(ticket, step, note, actor, expectedVersion, Details.NONE);
    }
}
