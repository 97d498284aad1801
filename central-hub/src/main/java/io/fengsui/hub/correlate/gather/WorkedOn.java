package io.fengsui.hub.correlate.gather;

import io.fengsui.protocol.Severity;
import java.util.Optional;

/** Tickets that somebody still works on. Writer's thread only. */
@FunctionalInterface
public interface WorkedOn {
    /** How severe a ticket is now; empty when it is done, or there is none of this id. */
    Optional<Severity> severity(String ticket);
}
