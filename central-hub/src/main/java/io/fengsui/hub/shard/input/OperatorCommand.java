package io.fengsui.hub.shard.input;

import io.fengsui.protocol.value.Checks;

/**
 * What a person wants done to a ticket.
 *
 * @param step a command of the ticket's workflow: accept, verify …, void
 * @param expectedVersion the version that the person saw; negative when any will do
 */
public record OperatorCommand(String ticket, String step, String note, String actor, long expectedVersion) {
    public OperatorCommand {
        Checks.id("ticket", ticket);
        Checks.id("command", step);
        Checks.text("note", note);
        Checks.id("actor", actor);
    }
}
