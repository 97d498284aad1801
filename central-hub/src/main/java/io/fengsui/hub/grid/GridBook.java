package io.fengsui.hub.grid;

import io.fengsui.protocol.value.Name;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The grids by code. Immutable. */
public final class GridBook {
    private final Map<String, GridCell> byCode;

    public GridBook(List<GridCell> cells) {
        byCode = cells.stream().collect(Collectors.toUnmodifiableMap(GridCell::code, Function.identity()));
    }

    /** What people call a grid; its code where it has no name. */
    public Name name(String code) {
        GridCell cell = byCode.get(code);
        return cell == null ? new Name(code, code) : cell.name();
    }
}
