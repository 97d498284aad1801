package io.fengsui.hub.grid.unit;

import io.fengsui.hub.grid.KindPattern;
import io.fengsui.hub.grid.place.Area;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.value.Place;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds the unit for a class at a place: that of the smallest area first, then of what lies around it; among several the
 * one that names the class most closely, then the first of the file. Immutable, pure.
 */
public final class Router {
    /** Knows of no places and no units. */
    public static final Router NONE = new Router(AreaBook.EMPTY, List.of());

    /** In place of an area's code, which is never empty. */
    private static final String EVERYWHERE = "";

    private final AreaBook areas;
    private final List<Unit> units;
    private final Map<String, Unit> byId;
    private final Map<String, Roster> rosters;
    /** What is answered for in each area, and everywhere, in the order of the file: asked for each ticket. */
    private final Map<String, List<Answering>> answering = new HashMap<>();

    /** One kind that a unit answers for. */
    private record Answering(Unit unit, KindPattern pattern) {}

    public Router(AreaBook areas, List<Unit> units) {
        this.areas = areas;
        this.units = List.copyOf(units);
        this.byId =
                units.stream().collect(Collectors.toUnmodifiableMap(Unit::id, unit -> unit, (first, second) -> first));
        units.forEach(this::index);
        this.rosters = units.stream()
                .collect(Collectors.toUnmodifiableMap(
                        Unit::id, unit -> new Roster(unit.duty()), (first, second) -> first));
    }

    private void index(Unit unit) {
        for (Unit.Answer answer : unit.answers()) {
            for (String place : answer.areas().isEmpty() ? List.of(EVERYWHERE) : answer.areas()) {
                List<Answering> there = answering.computeIfAbsent(place, any -> new ArrayList<>());
                answer.kinds().forEach(pattern -> there.add(new Answering(unit, pattern)));
            }
        }
    }

    /** Without units nothing is routed, and nothing is missed. */
    public boolean isUsed() {
        return !units.isEmpty();
    }

    public AreaBook areas() {
        return areas;
    }

    public List<Unit> units() {
        return units;
    }

    public Optional<Unit> unit(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Those of these areas that are not in the tree, and the unit if it is none; nothing where none are known at all. */
    public List<String> unknown(Collection<String> codes, String unit) {
        List<String> unknown = new ArrayList<>(areas.unknown(codes));
        if (isUsed() && !unit.isEmpty() && unit(unit).isEmpty()) {
            unknown.add(unit);
        }
        return unknown;
    }

    /** The code of the grid that a place is in, by its own word or by its position; empty when not known. */
    public String grid(Place place) {
        Place.Position position = place.position();
        if (!place.grid().isEmpty() || position == null) {
            return place.grid();
        }
        return areas.at(position.longitude(), position.latitude())
                .map(Area::code)
                .orElse("");
    }

    public Route decide(EventKind kind, Place place) {
        String grid = grid(place);
        List<Area> path = areas.path(grid);
        for (int i = 0; i < path.size(); i++) {
            String code = path.get(i).code();
            Optional<Unit> unit = closest(kind, code);
            if (unit.isPresent()) {
                return new Route(
                        unit.get().id(), code, i == 0 ? RouteReason.UNIT_OF_PLACE : RouteReason.UNIT_OF_LARGER_AREA);
            }
        }
        return closest(kind, EVERYWHERE)
                .map(unit -> new Route(unit.id(), "", RouteReason.UNIT_OF_EVERYWHERE))
                .orElse(new Route("", "", path.isEmpty() ? RouteReason.NO_PLACE : RouteReason.NO_UNIT));
    }

    /** @param area {@link #EVERYWHERE}: among the units that answer for every place */
    private Optional<Unit> closest(EventKind kind, String area) {
        Unit best = null;
        int closest = -1;
        for (Answering one : answering.getOrDefault(area, List.of())) {
            int close = one.pattern.text().length();
            if (close > closest && one.pattern.matches(kind)) {
                closest = close;
                best = one.unit;
            }
        }
        return Optional.ofNullable(best);
    }

    /** The first moment from now on at which a person is on duty in a unit; empty when there is none. */
    public Optional<LocalDateTime> onDutyFrom(String unit, String person, LocalDateTime now) {
        return Optional.ofNullable(rosters.get(unit)).flatMap(roster -> roster.next(person, now));
    }

    /** The first moment after now at which others are on duty in a unit; empty when that is not within a day. */
    public Optional<LocalDateTime> dutyChanges(String unit, LocalDateTime now) {
        return Optional.ofNullable(rosters.get(unit)).flatMap(roster -> roster.changes(now));
    }

    /** Who is on duty in a unit now. */
    public List<Shift> onDuty(String unit, LocalDateTime now) {
        Roster roster = rosters.get(unit);
        return roster == null ? List.of() : roster.at(now);
    }
}
