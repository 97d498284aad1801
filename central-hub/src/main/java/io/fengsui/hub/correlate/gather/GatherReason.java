package io.fengsui.hub.correlate.gather;

/** Why an incident has a ticket of its own, shares one, or waits. */
public enum GatherReason {
    /** Nothing speaks against a ticket of its own. */
    OWN,
    /** Other sources told of it, near by and at the time. */
    SAME_THING,
    /** Something that it hangs on is down. */
    INHIBITED,
    /** What hangs on it was told of before it. */
    CAUSE_OF_OTHERS,
    /** So many that hang on the same are down that it is one fault. */
    COMMON_CAUSE,
    /** The same was told of again and again. */
    FLAPPING,
    /** So many of a class at a place that each more goes to the last ticket. */
    STORM,
    /** Held: its cause may be told a moment later. */
    WAITS_FOR_CAUSE,
    /** Held: somebody works there. */
    MAINTENANCE,
    /** It was over before it had waited long enough. */
    OVER_MEANWHILE
}
