package io.fengsui.edge.uplink;

import io.fengsui.edge.spool.store.Importance;
import io.fengsui.edge.spool.urgent.VolatileSink;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Urgent events that no disk takes, on their way to the hub. One place for each event, its newest revision; beyond {@value #MOST}
 * the least important that is over gives way, what comes again from the disk before all else, at the same weight one that was sent already before one that was not, and then the
 * oldest; it is counted, and given back to be told when nobody was told of it and it comes late. Events that stand open never do, so there are more only when more are open at
 * a time. What is sent is kept until it is on disk, from where it comes again: a line that was dead already takes what it is
 * given, and the next session gives it once more. Thread-safe.
 */
final class VolatileQueue implements VolatileSink {
    static final int MOST = 1_024;

    private final SequencedMap<EventId, Event> waiting = new LinkedHashMap<>();
    private final SequencedMap<EventId, Event> sent = new LinkedHashMap<>();
    /** Those that are nowhere else: no memory held them until they were on disk. */
    private final Set<EventId> only = new HashSet<>();

    private final Runnable wake;
    private long dropped;
    /** All that memory held is on disk, and nothing came since. */
    private boolean isOver;

    VolatileQueue(Runnable wake) {
        this.wake = wake;
    }

    @Override
    public List<Event> offer(List<Event> events, boolean isHeld) {
        List<Event> gone = new ArrayList<>();
        synchronized (this) {
            begin();
            for (Event event : events) {
                if (isOutdated(event)) {
                    continue;
                }
                sent.remove(event.id());
                waiting.remove(event.id());
                waiting.put(event.id(), event);
                if (isHeld) {
                    only.remove(event.id());
                } else {
                    only.add(event.id());
                }
                Event least = waiting.size() + sent.size() > MOST ? least() : null;
                if (least != null) {
                    boolean isUntold = waiting.remove(least.id()) != null;
                    sent.remove(least.id());
                    boolean isLate = !only.remove(least.id()) && isUntold;
                    dropped++;
                    if (isLate) {
                        gone.add(least);
                    }
                }
            }
        }
        wake.run();
        return gone;
    }

    /** Whether a newer revision went this way before: what is given last need not have been decided last. */
    private boolean isOutdated(Event event) {
        Event newest = waiting.getOrDefault(event.id(), sent.get(event.id()));
        return newest != null && newest.revision() > event.revision();
    }

    /** What was sent after the last time that nothing could be written takes no room from what comes now. */
    private void begin() {
        if (isOver) {
            isOver = false;
            sent.clear();
            only.retainAll(waiting.keySet());
        }
    }

    /** Which gives way; null when all stand open. */
    private @Nullable Event least() {
        Event least = null;
        for (Map<EventId, Event> part : List.of(sent, waiting)) {
            for (Event event : part.values()) {
                boolean isLess = least == null || weight(event) < weight(least);
                if (isLess && !event.phase().isOpen()) {
                    least = event;
                }
            }
        }
        return least;
    }

    /** What comes again from the disk is lost by none of it. */
    private int weight(Event event) {
        return Importance.of(event.severity()) + (only.contains(event.id()) ? Importance.LEVELS : 0);
    }

    @Override
    public synchronized void clear() {
        isOver = true;
        sent.clear();
        waiting.keySet().retainAll(only);
        only.retainAll(waiting.keySet());
    }

    /** A session begins: whether the one before brought what it was given nobody knows. */
    synchronized void again() {
        Map<EventId, Event> later = new LinkedHashMap<>(waiting);
        waiting.clear();
        waiting.putAll(sent);
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
        return oldest;
    }

    /** It was taken out, and cannot be told ever. */
    synchronized void giveUp(Event event) {
        if (sent.remove(event.id(), event) && !waiting.containsKey(event.id())) {
            only.remove(event.id());
        }
    }

    synchronized int depth() {
        return waiting.size();
    }

    synchronized long dropped() {
        return dropped;
    }
}
