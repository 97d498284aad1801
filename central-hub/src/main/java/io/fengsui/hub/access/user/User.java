package io.fengsui.hub.access.user;

import io.fengsui.hub.ticket.workflow.Role;
import io.fengsui.protocol.value.Checks;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Somebody, or some program, that is known to the hub. The name stands in the history of tickets, so it is never given
 * to somebody else: accounts are disabled, not deleted.
 */
public record User(String name, Role role, Scope scope) {
    /** A program that shows the token of the configuration. */
    public static final User TOKEN = new User("token", Role.ADMIN, Scope.EVERYWHERE);
    /** Whoever sits at this machine, where the configuration opens the console to it. */
    public static final User LOCAL = new User("local", Role.ADMIN, Scope.EVERYWHERE);

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,63}");
    private static final Set<String> TAKEN =
            Set.of("token", "local", "hub", "console", "system", "edge", "command-line");

    public User {
        Checks.id("name", name);
        if (role == Role.UNIT && scope.unit().isEmpty()) {
            throw new IllegalArgumentException("the role unit needs a unit");
        }
    }

    /** Whether people may be called this: letters, digits, dot, dash, underscore, and no name that the hub uses. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches() && !TAKEN.contains(name.toLowerCase(Locale.ROOT));
    }

    /** The role as files and rows name it. */
    public String roleLabel() {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
