package io.fengsui.edge.spool.urgent;

import io.fengsui.protocol.Event;
import java.util.List;

/**
 * Takes urgent events that cannot be written now, marked {@code volatile}, to be told from memory. Called on
 * {@code ring-spool} and {@code spool-watch}: must not block.
 */
public interface VolatileSink {
    /**
     * Returns those that come late, from the disk, because they gave way for it, of earlier ones or of these: neither what was sent
     * already nor what is in no batch.
     *
     * @param isHeld whether they come again, from the disk; else this is their only way
     */
    List<Event> offer(List<Event> events, boolean isHeld);

    /** Everything that was held is on disk and goes its usual way. */
    void clear();
}
