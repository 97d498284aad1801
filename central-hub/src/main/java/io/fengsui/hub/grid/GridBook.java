package io.fengsui.hub.grid;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The grids that are configured by their names alone, by code. Immutable. */
public final class GridBook {
    public static final GridBook EMPTY = new GridBook(List.of());

    private final Map<String, GridCell> byCode = new LinkedHashMap<>();

    public GridBook(List<GridCell> cells) {
        cells.forEach(cell -> byCode.put(cell.code(), cell));
    }

    public Collection<GridCell> all() {
        return byCode.values();
    }

    public Optional<GridCell> find(String code) {
        return Optional.ofNullable(byCode.get(code));
    }
}
