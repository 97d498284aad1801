package io.fengsui.hub.console.name;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.hub.access.user.Reach;
import io.fengsui.hub.access.user.Scope;
import io.fengsui.hub.console.http.Json;
import io.fengsui.hub.grid.GridBook;
import io.fengsui.hub.grid.GridCell;
import io.fengsui.hub.grid.place.Area;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.hub.grid.place.AreaLevel;
import io.fengsui.hub.grid.unit.Router;
import io.fengsui.hub.grid.unit.Unit;
import io.fengsui.hub.store.query.NameQueries;
import io.fengsui.hub.store.query.Sought;
import io.fengsui.protocol.value.Name;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What people call things. Immutable; what it asks the rows blocks.
 *
 * @param kinds the first that covers a kind names it
 */
public record NameBook(Places places, List<KindName> kinds, NameQueries rows) {
    /**
     * What is configured by name.
     *
     * @param router its tree of areas comes before the grids
     */
    public record Places(Router router, GridBook grids) {
        private AreaBook areas() {
            return router.areas();
        }

        private List<Place> all() {
            List<Place> all = new ArrayList<>();
            areas().all().forEach(area -> all.add(new Place(area.code(), area.level(), area.name())));
            grids.all().stream()
                    .filter(grid -> areas().find(grid.code()).isEmpty())
                    .forEach(grid -> all.add(new Place(grid.code(), AreaLevel.GRID, grid.name())));
            return all;
        }

        private Optional<Name> name(String code) {
            return areas().find(code).map(Area::name).or(() -> grids.find(code).map(GridCell::name));
        }
    }

    record Place(String code, AreaLevel level, Name name) {}

    public NameBook {
        kinds = List.copyOf(kinds);
    }

    /** What people call a kind, or what begins like this; empty when nobody does. */
    private Optional<Name> kind(String pattern) {
        return kinds.stream().filter(one -> one.covers(pattern)).findFirst().map(KindName::name);
    }

    /** Names of those of these codes that are known, by code. */
    public ObjectNode ofKinds(Collection<String> patterns) {
        ObjectNode names = Json.object();
        patterns.forEach(pattern -> kind(pattern).ifPresent(name -> names.set(pattern, json(name))));
        return names;
    }

    public ObjectNode ofAreas(Collection<String> codes) {
        ObjectNode names = Json.object();
        codes.forEach(code -> places.name(code).ifPresent(name -> names.set(code, json(name))));
        return names;
    }

    /** Those of the codes that no area and no grid has. */
    public List<String> unnamedAreas(Collection<String> codes) {
        return codes.stream().filter(code -> places.name(code).isEmpty()).toList();
    }

    /** Names of areas by code, and of a unit: those that are known; null for a unit that is not. */
    public ObjectNode ofScope(Scope scope) {
        ObjectNode names = Json.object();
        names.set("areas", ofAreas(scope.areas()));
        names.set(
                "unit",
                places.router()
                        .unit(scope.unit())
                        .map(unit -> json(unit.name()))
                        .orElse(null));
        return names;
    }

    /** Those of the codes that no area has and nothing stands in; none where no tree of areas is known. */
    public List<String> unknownAreas(Collection<String> codes) {
        return places.areas().unknown(unnamedAreas(codes)).stream()
                .filter(code -> !rows.standsIn(code))
                .toList();
    }

    /** Areas that somebody reaches whose code or name has this text in it; the largest first, but before it that very one. */
    List<Place> areas(String text, Reach reach, int limit) {
        Sought sought = new Sought(text);
        return places.all().stream()
                .filter(area -> reach.coversPlace(area.code()))
                .filter(area -> has(sought, area.code(), area.name()))
                .sorted(Comparator.comparing((Place area) -> !sought.is(area.code()))
                        .thenComparing(Place::level))
                .limit(limit)
                .toList();
    }

    /** Units that somebody sees whose id or name has this text in it; that very one first. */
    List<Unit> units(String text, Reach reach, int limit) {
        Sought sought = new Sought(text);
        return places.router().units().stream()
                .filter(unit -> reach.unit().isEmpty() || reach.unit().equals(unit.id()))
                .filter(unit -> has(sought, unit.id(), unit.name()))
                .sorted(Comparator.comparing(unit -> !sought.is(unit.id())))
                .limit(limit)
                .toList();
    }

    List<KindName> kinds(String text, int limit) {
        Sought sought = new Sought(text);
        return kinds.stream()
                .filter(kind -> has(sought, kind.pattern(), kind.name()))
                .limit(limit)
                .toList();
    }

    /** What an area is part of, from the largest on; empty at the top. */
    NameQueries.Names within(Place place) {
        List<Name> above = places.areas().path(place.code()).stream()
                .skip(1)
                .map(Area::name)
                .toList()
                .reversed();
        return new NameQueries.Names(
                above.stream().map(Name::zh).collect(Collectors.joining(" ")),
                above.stream().map(Name::en).collect(Collectors.joining(" ")));
    }

    private static boolean has(Sought sought, String code, Name name) {
        return sought.isIn(code) || sought.isIn(name.zh()) || sought.isIn(name.en());
    }

    static ObjectNode json(Name name) {
        return Json.name(name.zh(), name.en());
    }

    public static ObjectNode json(NameQueries.Names names) {
        return Json.name(names.zh(), names.en());
    }
}
