package io.fengsui.edge.uplink;

import io.fengsui.edge.spool.VolatileSink;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Urgent events that no disk takes, on their way to the hub. One place for each event, its newest revision; beyond
 * {@value #MOST} the oldest gives way and is counted. What is sent is forgotten: it comes again, durably, once it can be
 * written. Thread-safe.
 */
final class VolatileQueue implements VolatileSink {
    static final int MOST = 1_024;

    private final Map<EventId, Event> waiting = new LinkedHashMap<>();
    private final Runnable wake;
    private long dropped;

    VolatileQueue(Runnable wake) {
        this.wake = wake;
    }

    @Override
    public void offer(List<Event> events) {
        synchronized (this) {
            for (Event event : events) {
                waiting.remove(event.id());
                waiting.put(event.id(), event);
                if (waiting.size() > MOST) {
                    waiting.remove(waiting.keySet().iterator().next());
                    dropped++;
                }
            }
        }
        wake.run();
    }

    @Override
    public synchronized void clear() {
        waiting.clear();
    }

    /** The oldest, which is taken out; null when there is none. */
    @Nullable
    synchronized Event poll() {
        if (waiting.isEmpty()) {
            return null;
        }
        return waiting.remove(waiting.keySet().iterator().next());
    }

    synchronized int depth() {
        return waiting.size();
    }

    synchronized long dropped() {
        return dropped;
    }
}
