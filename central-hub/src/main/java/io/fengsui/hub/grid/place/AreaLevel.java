package io.fengsui.hub.grid.place;

/** How large an area is, from the largest to the smallest. The order of the constants is the order of size. */
public enum AreaLevel {
    CITY,
    /** 街道、镇. */
    TOWN,
    /** 社区、村. */
    VILLAGE,
    /** 网格: the smallest area with a leader. */
    GRID
}
