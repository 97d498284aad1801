package io.fengsui.hub.store.query;

import io.fengsui.hub.access.user.Reach;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.statement.Query;

/**
 * {@link Reach} as a condition of SQL: the same answer, row by row, as its own methods give. Codes of the tree mostly begin
 * with those of the areas above them: only those that do and lie elsewhere, or lie there and do not, are named one by one.
 * Pure.
 */
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
        String inside = IntStream.range(0, reach.areas().size())
                .mapToObj(i -> "substr(%1$s, 1, length(:reachArea%2$d)) = :reachArea%2$d".formatted(grid, i))
                .collect(Collectors.joining(" OR ", "(", ")"));
        if (!elsewhere(reach).isEmpty()) {
            inside = "(" + inside + " AND " + grid + " NOT IN (<reachElsewhere>))";
        }
        return besides(reach).isEmpty() ? inside : "(" + inside + " OR " + grid + " IN (<reachBesides>))";
    }

    /** Codes that begin like an area and do not lie in it. */
    private static List<String> elsewhere(Reach reach) {
        return reach.known().stream()
                .filter(code -> isLike(reach, code) && !reach.inside().contains(code))
                .toList();
    }

    /** Codes that lie in an area and do not begin like it. */
    private static List<String> besides(Reach reach) {
        return reach.inside().stream().filter(code -> !isLike(reach, code)).toList();
    }

    private static boolean isLike(Reach reach, String code) {
        return reach.areas().stream().anyMatch(code::startsWith);
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
        bindList(query, "reachElsewhere", elsewhere(reach));
        bindList(query, "reachBesides", besides(reach));
    }

    private static void bindList(Query query, String name, List<String> codes) {
        if (!codes.isEmpty()) {
            query.bindList(name, codes);
        }
    }
}
