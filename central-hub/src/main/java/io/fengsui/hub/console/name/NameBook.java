package io.fengsui.hub.console.name;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.hub.access.user.Reach;
import io.fengsui.hub.console.http.Json;
import io.fengsui.hub.grid.GridBook;
import io.fengsui.hub.grid.GridCell;
import io.fengsui.hub.grid.place.Area;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.hub.grid.place.AreaLevel;
import io.fengsui.hub.store.query.NameQueries;
import io.fengsui.protocol.value.Name;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What people call things. Immutable; what it asks the rows blocks.
 *
 * @param kinds the first that covers a kind names it
 */
public record NameBook(Places places, List<KindName> kinds, NameQueries rows) {
    /** @param grids that are configured by name; the tree comes before them */
    public record Places(AreaBook areas, GridBook grids) {
        private List<Place> all() {
            List<Place> all = new ArrayList<>();
            areas.all().forEach(area -> all.add(new Place(area.code(), area.level(), area.name())));
            grids.all().stream()
                    .filter(grid -> areas.find(grid.code()).isEmpty())
                    .forEach(grid -> all.add(new Place(grid.code(), AreaLevel.GRID, grid.name())));
            return all;
        }

        private Optional<Name> name(String code) {
            return areas.find(code).map(Area::name).or(() -> grids.find(code).map(GridCell::name));
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

    /** Those of the codes that no area has and nothing stands in; none where no tree of areas is known. */
    public List<String> unknownAreas(Collection<String> codes) {
        return places.areas().unknown(codes).stream()
                .filter(code -> places.grids().find(code).isEmpty())
                .filter(code -> !rows.standsIn(code))
                .toList();
    }

    /** Areas that somebody reaches whose code or name has this text in it; the largest first, but before it that very one. */
    List<Place> areas(String text, Reach reach, int limit) {
        List<Place> found = places.all().stream()
                .filter(area -> reach.coversPlace(area.code()))
                .filter(area -> has(text, area.code(), area.name()))
                .toList();
        return Stream.concat(
                        found.stream().filter(area -> isThat(text, area.code())),
                        found.stream()
                                .filter(area -> !isThat(text, area.code()))
                                .sorted((one, other) -> one.level().compareTo(other.level())))
                .limit(limit)
                .toList();
    }

    List<KindName> kinds(String text, int limit) {
        return kinds.stream()
                .filter(kind -> has(text, kind.pattern(), kind.name()))
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

    private static boolean isThat(String text, String code) {
        return code.equalsIgnoreCase(text);
    }

    private static boolean has(String text, String code, Name name) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return Stream.of(code, name.zh(), name.en())
                .anyMatch(one -> one.toLowerCase(Locale.ROOT).contains(wanted));
    }

    static ObjectNode json(Name name) {
        return Json.name(name.zh(), name.en());
    }

    public static ObjectNode json(NameQueries.Names names) {
        return Json.name(names.zh(), names.en());
    }
}
