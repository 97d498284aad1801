package io.fengsui.benchmarks.chaos.oracle;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The oracle of obligations: what was acknowledged is stored, what is stored was issued, payloads are what they were, tickets are
 * the distinct keys, and a fresh event passes. Pure.
 */
public final class Oracle {
    private Oracle() {}

    public static Judgement judge(Obligations.Book book, List<Found> stored, Tickets tickets, boolean isFresh) {
        Set<String> seen = new HashSet<>();
        Set<String> repeated = new TreeSet<>();
        Set<String> unknown = new TreeSet<>();
        Set<String> altered = new TreeSet<>();
        for (Found one : stored) {
            if (!seen.add(one.id())) {
                repeated.add(one.id());
            }
            String hash = book.issued().get(one.id());
            if (hash == null) {
                unknown.add(one.id());
            } else if (!hash.equals(one.hash())) {
                altered.add(one.id());
            }
        }
        Set<String> lost = new TreeSet<>(book.acknowledged());
        lost.removeAll(seen);

        Set<String> keys = new HashSet<>();
        Set<String> doubledTickets = new TreeSet<>();
        tickets.found().forEach(key -> {
            if (!keys.add(key)) {
                doubledTickets.add(key);
            }
        });
        Set<String> missing = new TreeSet<>(tickets.expected());
        missing.removeAll(keys);
        Set<String> surplus = new TreeSet<>(keys);
        surplus.removeAll(tickets.expected());
        return new Judgement(
                book.issued().size(),
                book.acknowledged().size(),
                list(lost),
                list(unknown),
                list(altered),
                list(repeated),
                list(missing),
                list(doubledTickets),
                list(surplus),
                isFresh);
    }

    private static List<String> list(Set<String> ids) {
        return List.copyOf(new ArrayList<>(ids));
    }
}
