package io.fengsui.hub.console.name;

import io.fengsui.protocol.value.Name;

/**
 * What people call a kind of event.
 *
 * @param pattern a kind, or a kind's beginning followed by {@code .*}
 */
public record KindName(String pattern, Name name) {
    /** Whether everything that the other one means is of this kind. */
    boolean covers(String other) {
        return pattern.endsWith(".*")
                ? other.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern.equals(other);
    }
}
