package io.fengsui.edge.spool.urgent;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Urgent events from their decision until they are on disk, wherever they wait: before the ring, in it, or with the spool. While no
 * commit is possible, or one does not come back, each is told from memory once. They reach the disk in the order in which they
 * were decided, so what a later one has overtaken got lost on the way, and memory is its only way.
 *
 * <p>Bounded by {@value #MOST}: the oldest is not watched any more, which by then was told. Thread-safe; the sink is called with
 * the lock held, which no thread holds while it is in the disk.
 */
public final class UrgentDesk {
    static final int MOST = 8_192;
    /** More than a commit takes on a slow disk, less than a fire has. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private record Key(EventId event, int revision) {
        static Key of(Event event) {
            return new Key(event.id(), event.revision());
        }
    }

    private static final class Waiting {
        private final Event event;
        private final long sinceNanos;
        private boolean isTold;

        Waiting(Event event, long sinceNanos) {
            this.event = event;
            this.sinceNanos = sinceNanos;
        }
    }

    private final SequencedMap<Key, Waiting> waiting = new LinkedHashMap<>();
    /** How many of each, since a disk may be away for days. */
    private final Map<Severity, Long> late = new EnumMap<>(Severity.class);

    private @Nullable VolatileSink sink;
    private boolean hasTold;

    /** Where they go from memory. */
    public synchronized void tellTo(VolatileSink to) {
        sink = to;
    }

    /** Whoever took them is gone. */
    public synchronized void silence() {
        sink = null;
    }

    /** Before they are on their way to the disk. */
    public synchronized void decided(Collection<Event> events, long nowNanos) {
        for (Event event : events) {
            if (event.lane() == Lane.URGENT) {
                waiting.putIfAbsent(Key.of(event), new Waiting(event, nowNanos));
            }
        }
        while (waiting.size() > MOST) {
            waiting.pollFirstEntry();
        }
    }

    /** Taken by the spool, though perhaps not seen before. What is not watched any more would stand behind what was decided later. */
    public synchronized void taken(Collection<Event> events, long nowNanos) {
        if (waiting.size() < MOST) {
            decided(events, nowNanos);
        }
    }

    /** Tells them when one waits for too long. */
    public synchronized void look(long nowNanos) {
        if (!waiting.isEmpty() && nowNanos - waiting.firstEntry().getValue().sinceNanos >= PATIENCE.toNanos()) {
            cannotWrite();
        }
    }

    /** No commit is possible: those that were not told are. */
    public synchronized void cannotWrite() {
        List<Event> untold = new ArrayList<>();
        for (Waiting one : waiting.values()) {
            if (!one.isTold) {
                one.isTold = true;
                untold.add(one.event);
            }
        }
        tell(untold, true);
    }

    /** These are not written, now or later: memory is their only way. */
    public synchronized void refused(Collection<Event> events) {
        events.forEach(event -> waiting.remove(Key.of(event)));
        tell(events.stream().filter(event -> event.lane() == Lane.URGENT).toList(), false);
    }

    /** These are nowhere any more, and cannot be told either. */
    public synchronized void forget(Collection<Event> events) {
        events.forEach(event -> waiting.remove(Key.of(event)));
    }

    /** These are on disk. What went out from memory, and has no other copy that waits, goes its usual way now. */
    public synchronized void committed(Collection<Event> events) {
        Set<Key> written = new HashSet<>();
        for (Event event : events) {
            if (event.lane() == Lane.URGENT) {
                written.add(Key.of(event));
            }
        }
        tell(overtaken(written), false);
        VolatileSink to = sink;
        if (hasTold && to != null && waiting.values().stream().noneMatch(one -> one.isTold)) {
            to.clear();
            hasTold = false;
        }
    }

    /** Takes out what is written, and gives what stands before it. */
    private List<Event> overtaken(Set<Key> written) {
        written.retainAll(waiting.keySet());
        List<Event> lost = new ArrayList<>();
        Iterator<Map.Entry<Key, Waiting>> oldest = waiting.entrySet().iterator();
        while (!written.isEmpty()) {
            Map.Entry<Key, Waiting> one = oldest.next();
            if (!written.remove(one.getKey())) {
                lost.add(one.getValue().event);
            }
            oldest.remove();
        }
        return lost;
    }

    private void tell(List<Event> events, boolean isHeld) {
        VolatileSink to = sink;
        if (to != null && !events.isEmpty()) {
            hasTold = true;
            to.offer(events.stream().map(Event::asVolatile).toList(), isHeld)
                    .forEach(event -> late.merge(event.severity(), 1L, Long::sum));
        }
    }

    /** How many gave way in memory, untold, and so come late, by how much they matter: each is counted once. */
    public synchronized Map<Severity, Long> takeLate() {
        if (late.isEmpty()) {
            return Map.of();
        }
        Map<Severity, Long> taken = Map.copyOf(late);
        late.clear();
        return taken;
    }
}
