package io.fengsui.hub.ticket;

import io.fengsui.hub.shard.stage.Turn;
import org.jspecify.annotations.Nullable;

/** Is told of every fact of every ticket, in order. Writer's thread only; must not change tickets while it is told. */
@FunctionalInterface
public interface TicketWatcher {
    /** @param before the ticket before the fact; null when the fact opened it */
    void onFact(@Nullable Ticket before, Ticket after, TicketFact fact, Turn turn);
}
