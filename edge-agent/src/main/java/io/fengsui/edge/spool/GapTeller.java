package io.fengsui.edge.spool;

import io.fengsui.edge.spool.store.Gap;
import io.fengsui.protocol.Event;
import java.time.Instant;

/** Makes the event that tells what was lost. Called on {@code ring-spool}, within the transaction: must not block. */
@FunctionalInterface
public interface GapTeller {
    Event tell(Gap gap, Instant now);
}
