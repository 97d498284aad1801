package io.fengsui.hub.grid.place;

import io.fengsui.protocol.value.Checks;
import io.fengsui.protocol.value.Name;
import org.jspecify.annotations.Nullable;

/**
 * One area.
 *
 * @param parent code of the area that it is part of; empty at the top
 * @param leader who leads it; empty when not known
 * @param shape null when only its code is known
 */
public record Area(
        String code,
        AreaLevel level,
        Name name,
        String parent,
        String leader,
        @Nullable Shape shape) {
    public Area {
        Checks.id("area code", code);
        Checks.text("parent", parent);
        Checks.text("leader", leader);
    }
}
