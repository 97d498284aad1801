package io.fengsui.hub.access.user;

import io.fengsui.hub.ticket.workflow.Role;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An account as texts, as in the journal. Kept readable for ever. Pure. */
public final class AccountForm {
    private AccountForm() {}

    public static Map<String, String> texts(Account account) {
        return Map.of(
                "name", account.user().name(),
                "role", account.user().roleLabel(),
                "areas", String.join(" ", account.user().scope().areas()),
                "unit", account.user().scope().unit(),
                "password", account.password(),
                "disabled", Boolean.toString(account.standing().isDisabled()),
                "sessions-from", account.standing().sessionsFrom().toString(),
                "changed", account.standing().changed().toString(),
                "changed-by", account.standing().changedBy());
    }

    public static Account read(Map<String, String> texts) {
        return new Account(
                new User(
                        text(texts, "name"),
                        role(text(texts, "role")),
                        new Scope(words(text(texts, "areas")), text(texts, "unit"))),
                text(texts, "password"),
                new Account.Standing(
                        Boolean.parseBoolean(text(texts, "disabled")),
                        Instant.parse(text(texts, "sessions-from")),
                        Instant.parse(text(texts, "changed")),
                        text(texts, "changed-by")));
    }

    /** Throws {@link IllegalArgumentException}, which names those that there are, when no role is called this. */
    public static Role role(String label) {
        return Arrays.stream(Role.values())
                .filter(role -> role.name().equals(label.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "a role is one of viewer, dispatcher, unit, supervisor, admin; not '" + label + "'"));
    }

    /** Words separated by blanks. */
    public static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }

    private static String text(Map<String, String> texts, String key) {
        String value = texts.get(key);
        if (value == null) {
            throw new IllegalArgumentException("an account has no " + key);
        }
        return value;
    }
}
