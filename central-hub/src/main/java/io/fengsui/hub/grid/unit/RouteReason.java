package io.fengsui.hub.grid.unit;

/** Why a ticket goes where it goes. */
public enum RouteReason {
    /** A unit of the place itself answers for the class. */
    UNIT_OF_PLACE,
    /** Nobody there does; a unit of a larger area around it does. */
    UNIT_OF_LARGER_AREA,
    /** Only a unit that answers for the class everywhere. */
    UNIT_OF_EVERYWHERE,
    /** It is not known where it is, and nobody answers for the class everywhere. */
    NO_PLACE,
    /** The place is known, and nobody answers for the class there. */
    NO_UNIT
}
