package io.fengsui.hub.correlate.gather;

import io.fengsui.protocol.Severity;
import java.time.Instant;
import java.util.Optional;

/** Tickets that somebody still works on. Writer's thread only. */
@FunctionalInterface
public interface WorkedOn {
    /** What a ticket is now; empty when it is done, or there is none of this id. */
    Optional<Work> find(String ticket);

    /** @param opened by the hub's clock */
    record Work(Severity severity, Instant opened) {}
}
