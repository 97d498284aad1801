package io.fengsui.edge.uplink;

import io.fengsui.edge.spool.VolatileSink;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Urgent events that no disk takes, on their way to the hub. One place for each event, its newest revision; beyond
 * {@value #MOST} the oldest gives way and is counted. What is sent is kept until it is on disk, from where it comes again: a line
 * that was dead already takes what it is given, and the next session gives it once more. Thread-safe.
 */
final class VolatileQueue implements VolatileSink {
    static final int MOST = 1_024;

    private final SequencedMap<EventId, Event> waiting = new LinkedHashMap<>();
    private final SequencedMap<EventId, Event> sent = new LinkedHashMap<>();
    private final Runnable wake;
    private long dropped;

    VolatileQueue(Runnable wake) {
        this.wake = wake;
    }

    @Override
    public void offer(List<Event> events) {
        synchronized (this) {
            for (Event event : events) {
                sent.remove(event.id());
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
        sent.clear();
    }

    /** A session begins: whether the one before brought what it was given nobody knows. */
    synchronized void again() {
        Map<EventId, Event> later = new LinkedHashMap<>(waiting);
        waiting.clear();
        int room = MOST - later.size();
        sent.values().stream().skip(Math.max(0, sent.size() - room)).forEach(event -> waiting.put(event.id(), event));
        waiting.putAll(later);
        sent.clear();
    }

    /** The oldest, which is taken out; null when there is none. */
    @Nullable
    synchronized Event poll() {
        if (waiting.isEmpty()) {
            return null;
        }
        Event oldest = waiting.pollFirstEntry().getValue();
        sent.put(oldest.id(), oldest);
        if (sent.size() > MOST) {
            sent.pollFirstEntry();
        }
        return oldest;
    }

    synchronized int depth() {
        return waiting.size();
    }

    synchronized long dropped() {
        return dropped;
    }
}
