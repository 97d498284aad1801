package io.fengsui.hub.access.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fengsui.protocol.value.Checks;
import io.fengsui.protocol.value.Sha256;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Map;

/**
 * One thing that somebody did or tried.
 *
 * @param actor name of a user; what was typed as one where nobody was signed in
 * @param address from which it came; empty from this machine's command line
 * @param action what: {@code sign-in}, {@code view-picture}, or method and route
 * @param subject which one; empty where there is none
 * @param outcome a word or an HTTP status
 */
public record AuditEntry(Instant at, String actor, String address, String action, String subject, String outcome) {
    public AuditEntry {
        Checks.text("actor", actor);
        Checks.text("address", address);
        Checks.id("action", action);
        Checks.text("subject", subject);
        Checks.text("outcome", outcome);
    }

    public Map<String, String> texts() {
        return Map.of(
                "at", at.toString(),
                "actor", actor,
                "address", address,
                "action", action,
                "subject", subject,
                "outcome", outcome);
    }

    /** Of the texts of a journal entry; kept readable for ever. */
    public static AuditEntry read(Map<String, String> texts) {
        return new AuditEntry(
                Instant.parse(texts.getOrDefault("at", "")),
                texts.getOrDefault("actor", ""),
                texts.getOrDefault("address", ""),
                texts.getOrDefault("action", ""),
                texts.getOrDefault("subject", ""),
                texts.getOrDefault("outcome", ""));
    }

    /** The hash of this as the row of a number, after a row of that hash. */
    public Sha256 link(long number, Sha256 before) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(before.bytes());
        String[] texts = {
            Long.toString(number), Long.toString(at.toEpochMilli()), actor, address, action, subject, outcome
        };
        for (String text : texts) {
            byte[] content = text.getBytes(UTF_8);
            bytes.writeBytes((content.length + ":").getBytes(UTF_8));
            bytes.writeBytes(content);
        }
        return Sha256.hashOf(bytes.toByteArray());
    }
}
