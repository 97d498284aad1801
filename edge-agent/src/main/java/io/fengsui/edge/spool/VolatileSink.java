package io.fengsui.edge.spool;

import io.fengsui.protocol.Event;
import java.util.List;

/**
 * Takes urgent events that cannot be written now, marked {@code volatile}, to be told from memory. Called on
 * {@code ring-spool}: must not block.
 */
public interface VolatileSink {
    void offer(List<Event> events);

    /** Everything that was held is on disk and goes its usual way. */
    void clear();
}
