package io.fengsui.hub.access.user;

import java.util.List;
import java.util.Set;

/**
 * What somebody sees and may touch: the one place where rights on single things are decided. A thing is in the grid of a
 * place and with a unit; either may be unknown (empty), and what is unknown is seen by those only who are not confined in
 * that respect. Lists ask the database the same question ({@code store.query.Reached}). Immutable, pure.
 *
 * @param areas to which it is confined; none: all
 * @param unit to which it is confined; empty: all
 * @param inside codes of the tree that lie in these areas
 * @param known all codes of the tree; a code that is not in it lies in every area with whose code it begins
 */
public record Reach(List<String> areas, String unit, Set<String> inside, Set<String> known) {
    public static final Reach EVERYWHERE = new Reach(List.of(), "", Set.of(), Set.of());

    public Reach {
        areas = List.copyOf(areas);
        inside = Set.copyOf(inside);
        known = Set.copyOf(known);
    }

    public boolean isEverywhere() {
        return areas.isEmpty() && unit.isEmpty();
    }

    /** Whether something of this place and unit is seen: tickets, and what belongs to them. */
    public boolean covers(String grid, String unitOfIt) {
        return isWithin(grid) && (unit.isEmpty() || unit.equals(unitOfIt));
    }

    /** Whether something that stands at a place and is with no unit is seen: cameras, sensors, grids as such. */
    public boolean coversPlace(String grid) {
        return isEverywhere() || (!areas.isEmpty() && isWithin(grid));
    }

    private boolean isWithin(String grid) {
        if (areas.isEmpty()) {
            return true;
        }
        return known.contains(grid)
                ? inside.contains(grid)
                : !grid.isEmpty() && areas.stream().anyMatch(grid::startsWith);
    }
}
