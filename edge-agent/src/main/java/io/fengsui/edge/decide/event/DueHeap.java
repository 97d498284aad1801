package io.fengsui.edge.decide.event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/** When which key wants a tick. A key has one time at most. Confined to one thread. */
final class DueHeap {
    private record Due(long nanos, String key) {}

    private final PriorityQueue<Due> heap = new PriorityQueue<>((a, b) -> Long.compare(a.nanos(), b.nanos()));
    private final Map<String, Long> wanted = new HashMap<>();

    /** Sets or, with an empty time, clears the time of a key. */
    void set(String key, OptionalLong nanos) {
        if (nanos.isEmpty()) {
            wanted.remove(key);
            return;
        }
        Long old = wanted.put(key, nanos.getAsLong());
        if (old == null || old != nanos.getAsLong()) {
            heap.add(new Due(nanos.getAsLong(), key));
            compact();
        }
    }

    /** Takes the keys whose time has come. */
    List<String> take(long now) {
        List<String> due = new ArrayList<>();
        for (Due head = heap.peek(); head != null && head.nanos() <= now; head = heap.peek()) {
            heap.remove();
            if (wanted.remove(head.key(), head.nanos())) {
                due.add(head.key());
            }
        }
        return due;
    }

    /** The earliest time; it may be of a key that has been cleared since. */
    OptionalLong next() {
        Due head = heap.peek();
        return head == null ? OptionalLong.empty() : OptionalLong.of(head.nanos());
    }

    /** Times that were replaced stay in the heap until they come up; not more of them than of others. */
    private void compact() {
        if (heap.size() > 64 && heap.size() > 2 * wanted.size()) {
            heap.clear();
            wanted.forEach((key, nanos) -> heap.add(new Due(nanos, key)));
        }
    }
}
