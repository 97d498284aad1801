package io.fengsui.edge.spool;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes what cannot be written. */
final class TestingVolatile implements VolatileSink {
    final List<Event> offered = new CopyOnWriteArrayList<>();
    final AtomicInteger cleared = new AtomicInteger();

    @Override
    public void offer(List<Event> events) {
        offered.addAll(events);
    }

    @Override
    public void clear() {
        cleared.incrementAndGet();
    }

    List<EventId> ids() {
        return offered.stream().map(Event::id).toList();
    }
}
