package io.fengsui.hub.store.query;

import io.fengsui.hub.access.user.Reach;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.statement.Query;

/** {@link Reach} as a condition of SQL: the same answer, row by row, as its own methods give. Pure. */
final class Reached {
    private static final String EVERYTHING = "1 = 1";
    private static final String NOTHING = "1 = 0";

    private Reached() {}

    /** Of rows with a grid and a unit; {@link #bind} gives it its values. */
    static String thing(Reach reach, String grid, String unit) {
        String place = reach.areas().isEmpty() ? EVERYTHING : within(reach, grid);
        return reach.unit().isEmpty() ? place : place + " AND " + unit + " = :reachUnit";
    }

    /** Of rows that stand at a place and are with no unit; {@link #bindPlace} gives it its values. */
    static String place(Reach reach, String grid) {
        if (reach.isEverywhere()) {
            return EVERYTHING;
        }
        return reach.areas().isEmpty() ? NOTHING : within(reach, grid);
    }

    private static String within(Reach reach, String grid) {
        String prefixes = IntStream.range(0, reach.areas().size())
                .mapToObj(i -> "substr(%1$s, 1, length(:reachArea%2$d)) = :reachArea%2$d".formatted(grid, i))
                .collect(Collectors.joining(" OR ", "(", ")"));
        String unknown =
                reach.known().isEmpty() ? prefixes : "(" + grid + " NOT IN (<reachKnown>) AND " + prefixes + ")";
        return reach.inside().isEmpty() ? unknown : "(" + grid + " IN (<reachInside>) OR " + unknown + ")";
    }

    static void bind(Query query, Reach reach) {
        if (!reach.unit().isEmpty()) {
            query.bind("reachUnit", reach.unit());
        }
        bindPlace(query, reach);
    }

    static void bindPlace(Query query, Reach reach) {
        List<String> areas = reach.areas();
        for (int i = 0; i < areas.size(); i++) {
            query.bind("reachArea" + i, areas.get(i));
        }
        if (!areas.isEmpty() && !reach.known().isEmpty()) {
            query.bindList("reachKnown", List.copyOf(reach.known()));
        }
        if (!areas.isEmpty() && !reach.inside().isEmpty()) {
            query.bindList("reachInside", List.copyOf(reach.inside()));
        }
    }
}
