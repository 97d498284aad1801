package io.fengsui.edge.decide.outlet;

import io.fengsui.edge.decide.event.Slot;

/** The way to the disk. Called on {@code decide}: never blocks. */
@FunctionalInterface
public interface SlotSink {
    /** Returns whether the slot was taken; a refused slot is the caller's to offer again or to count as dropped. */
    boolean offer(Slot slot);
}
