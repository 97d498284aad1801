package io.fengsui.protocol.value;

/** How far a wall clock can be believed. */
public enum ClockQuality {
    /** Disciplined by NTP or the like. */
    SYNCED,
    /** Plausible, but not disciplined. */
    FREE,
    /** May be years off: no battery-backed clock, and not yet synchronized. */
    UNKNOWN
}
