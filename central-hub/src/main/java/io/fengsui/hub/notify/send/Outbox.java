package io.fengsui.hub.notify.send;

import io.fengsui.hub.notify.Delivery;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** What waits to be sent. Reads committed rows only; blocks. Thread-safe. */
public interface Outbox {
    /** Those of one channel that are due, the longest due first. */
    List<Delivery> due(String channel, Instant now, int limit);

    /** Those that are due of other channels than these. */
    List<Delivery> dueElsewhere(Collection<String> channels, Instant now, int limit);
}
