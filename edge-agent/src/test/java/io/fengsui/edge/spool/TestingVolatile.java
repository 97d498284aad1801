package io.fengsui.edge.spool;

import io.fengsui.edge.spool.urgent.VolatileSink;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes what cannot be written. */
public final class TestingVolatile implements VolatileSink {
    public final List<Event> offered = new CopyOnWriteArrayList<>();
    /** Of these, those that do not come again from the disk. */
    public final List<Event> onlyWay = new CopyOnWriteArrayList<>();
    /** What the next offer gives back. */
    public final List<Event> givingWay = new CopyOnWriteArrayList<>();

    public final AtomicInteger cleared = new AtomicInteger();

    @Override
    public List<Event> offer(List<Event> events, boolean isHeld) {
        offered.addAll(events);
        if (!isHeld) {
            onlyWay.addAll(events);
        }
        List<Event> gone = List.copyOf(givingWay);
        givingWay.clear();
        return gone;
    }

    @Override
    public void clear() {
        cleared.incrementAndGet();
    }

    public List<EventId> ids() {
        return offered.stream().map(Event::id).toList();
    }
}
