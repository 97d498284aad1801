package io.fengsui.benchmarks.chaos.oracle;

import java.util.List;
import java.util.Set;

/**
 * Tickets against what they should be.
 *
 * @param expected keys of which each must have exactly one ticket
 * @param found the key of every ticket
 */
public record Tickets(Set<String> expected, List<String> found) {
    /** Where there are no tickets to be looked at. */
    public static final Tickets NONE = new Tickets(Set.of(), List.of());

    public Tickets {
        expected = Set.copyOf(expected);
        found = List.copyOf(found);
    }
}
