package io.fengsui.hub.access.user;

import io.fengsui.protocol.value.Checks;
import java.util.List;

/**
 * To what somebody is confined.
 *
 * @param areas codes of areas, each with everything in it; none: everywhere
 * @param unit whose tickets only; empty: those of all units
 */
public record Scope(List<String> areas, String unit) {
    public static final Scope EVERYWHERE = new Scope(List.of(), "");
    static final int MOST_AREAS = 50;

    public Scope {
        areas = List.copyOf(areas);
        Checks.count("areas", areas.size(), MOST_AREAS);
        areas.forEach(area -> Checks.id("area", area));
        Checks.text("unit", unit);
    }
}
