package io.fengsui.edge.ring;

import io.fengsui.edge.decide.event.Slot;

/**
 * Puts slots on disk. Called on {@code ring-spool} only.
 *
 * <p>What {@link #append} has taken stays taken: it is on disk at the first {@link #commit} that says so, however many
 * commits fail before.
 */
public interface SlotHandler {
    /** Takes a slot into the batch; false when the store is broken and holds as much as it may. */
    boolean append(Slot slot);

    /** Commits the batch. Returns whether everything taken so far is on disk. */
    boolean commit();

    /** Upkeep when nothing came for a while; otherwise as {@link #commit}. */
    default boolean idle() {
        return commit();
    }
}
