package io.fengsui.hub.grid.unit;

/**
 * To whom a ticket goes.
 *
 * @param unit empty when to nobody
 * @param area whose unit that is; empty for a unit of every place
 */
public record Route(String unit, String area, RouteReason reason) {
    public boolean isFound() {
        return !unit.isEmpty();
    }
}
