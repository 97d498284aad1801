package io.fengsui.hub.grid.place;

import io.fengsui.protocol.value.Name;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The tree of areas. Every parent that is named is there, and no area is within itself. Immutable. */
public final class AreaBook {
    public static final AreaBook EMPTY = new AreaBook(List.of());

    private final Map<String, Area> byCode = new LinkedHashMap<>();
    /** Of each area, itself and all around it: asked many times for each event. */
    private final Map<String, List<Area>> paths = new HashMap<>();

    private final List<Area> smallestFirst;

    /** Throws {@link IllegalArgumentException} when the areas are no tree; {@link #faults} says why beforehand. */
    public AreaBook(Collection<Area> areas) {
        List<String> faults = faults(areas);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(faults.getFirst());
        }
        areas.forEach(area -> byCode.put(area.code(), area));
        // Levels fall on the way down, so that each way up ends.
        byCode.values()
                .forEach(area -> paths.put(
                        area.code(),
                        Stream.iterate(area, Objects::nonNull, one -> byCode.get(one.parent()))
                                .toList()));
        smallestFirst = byCode.values().stream()
                .filter(area -> area.shape() != null)
                .sorted((a, b) -> b.level().compareTo(a.level()))
                .toList();
    }

    /** What keeps these areas from being a tree. */
    public static List<String> faults(Collection<Area> areas) {
        List<String> faults = new ArrayList<>();
        Map<String, Area> known = new LinkedHashMap<>();
        for (Area area : areas) {
            if (known.put(area.code(), area) != null) {
                faults.add("two areas have the code " + area.code());
            }
        }
        for (Area area : known.values()) {
            Area parent = known.get(area.parent());
            if (!area.parent().isEmpty() && parent == null) {
                faults.add("area " + area.code() + " names the parent " + area.parent() + ", which is not there");
            } else if (parent != null && parent.level().compareTo(area.level()) >= 0) {
                // Levels fall on the way down, so that no area can be within itself.
                faults.add("area " + area.code() + " is no smaller than its parent " + parent.code());
            }
        }
        return faults;
    }

    public boolean isEmpty() {
        return byCode.isEmpty();
    }

    /** Those of the codes that no area has; none where no areas are known at all. */
    public List<String> unknown(Collection<String> codes) {
        return isEmpty()
                ? List.of()
                : codes.stream().filter(code -> !byCode.containsKey(code)).toList();
    }

    public Collection<Area> all() {
        return byCode.values();
    }

    public Optional<Area> find(String code) {
        return Optional.ofNullable(byCode.get(code));
    }

    /** What people call an area; its code when nobody does. */
    public Name name(String code) {
        Area area = byCode.get(code);
        return area == null ? new Name(code, code) : area.name();
    }

    /** The smallest area whose polygon holds this point. */
    public Optional<Area> at(double longitude, double latitude) {
        for (Area area : smallestFirst) {
            if (area.shape() != null && area.shape().contains(longitude, latitude)) {
                return Optional.of(area);
            }
        }
        return Optional.empty();
    }

    /** An area and everything it is part of, the smallest first; empty when the code is unknown. */
    public List<Area> path(String code) {
        return paths.getOrDefault(code, List.of());
    }

    /** Whether an area is another one or lies in it. Unknown codes are compared as texts: they mostly grow downwards. */
    public boolean isWithin(String code, String area) {
        List<Area> path = paths.get(code);
        if (path == null) {
            return !code.isEmpty() && code.startsWith(area);
        }
        for (Area one : path) {
            if (one.code().equals(area)) {
                return true;
            }
        }
        return false;
    }
}
