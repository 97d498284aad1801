package io.fengsui.edge.decide;

import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.decide.outlet.SlotSink;
import java.util.ArrayDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slots on their way to the disk, in order. What the sink refuses and must not be lost waits here and is offered again:
 * first those with urgent events or acknowledgements, at most {@value #MAX_WAITING} in all. A slot with nothing but state
 * is not kept: its state is due again. A slot that finds no room is counted and logged. Confined to {@code decide}.
 */
final class Outbox {
    static final int MAX_WAITING = 2048;
    static final int MAX_WAITING_BULK = 512;

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    /** What became of a slot. */
    enum Fate {
        TAKEN,
        WAITING,
        DROPPED
    }

    private final SlotSink sink;
    private final ArrayDeque<Slot> waiting = new ArrayDeque<>();
    private long dropped;
    private long lost;
    private boolean isFull;

    Outbox(SlotSink sink) {
        this.sink = sink;
    }

    Fate put(Slot slot) {
        retry();
        if (waiting.isEmpty() && sink.offer(slot)) {
            isFull = false;
            return Fate.TAKEN;
        }
        boolean isKept = slot.isUrgent()
                || !slot.events().isEmpty()
                || !slot.quarantined().isEmpty();
        if (isKept && waiting.size() < (slot.isUrgent() ? MAX_WAITING : MAX_WAITING_BULK)) {
            waiting.add(slot);
            return Fate.WAITING;
        }
        dropped++;
        lost += isKept ? 1 : 0;
        if (isKept && !isFull) {
            isFull = true;
            LOG.error("spool takes nothing and {} slots wait: events are being dropped", waiting.size());
        }
        return Fate.DROPPED;
    }

    /** Offers what waits, oldest first, until one is refused. */
    void retry() {
        for (Slot head = waiting.peek(); head != null && sink.offer(head); head = waiting.peek()) {
            waiting.remove();
        }
    }

    /** Slots with events lost since the last time that nothing waited; 0 while anything waits. */
    long takeLost() {
        if (!waiting.isEmpty()) {
            return 0;
        }
        long told = lost;
        lost = 0;
        return told;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Whether readings should stay with their brokers for now. */
    boolean isCrowded() {
        return waiting.size() >= MAX_WAITING / 2;
    }

    int depth() {
        return waiting.size();
    }

    /** Slots that found no room, or held only state. */
    long dropped() {
        return dropped;
    }
}
