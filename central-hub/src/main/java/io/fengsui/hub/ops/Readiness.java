package io.fengsui.hub.ops;

import io.fengsui.protocol.value.Name;
import java.util.List;

/**
 * Whether the hub does its work, with reasons. It is ready, with reasons, while something outside is away (an edge, a
 * camera), so that no watchdog kills a hub that works; it is not ready only where it cannot take events.
 */
@FunctionalInterface
public interface Readiness {
    /** What is to be said now; empty when all is well. */
    List<Reason> reasons();

    /**
     * Whether the hub's own threads do their work. Whatever is away outside, the database too, this stays true; false is
     * for a watchdog, who starts the hub again.
     */
    default boolean isAlive() {
        return true;
    }

    /**
     * One thing that is not as it should be.
     *
     * @param code stable, for machines: database, ring-full, tickets-behind …
     * @param isBlocking whether the hub cannot do its work
     */
    record Reason(String code, boolean isBlocking, Name detail) {}
}
