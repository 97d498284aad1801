package io.fengsui.edge.ring;

import io.fengsui.edge.decide.event.Slot;
import org.jspecify.annotations.Nullable;

/** One place of the ring; without a slot it only wakes the consumer. */
final class SlotEntry {
    @Nullable
    Slot slot;
}
