package io.fengsui.hub.shard.stage;

import io.fengsui.hub.shard.input.Input;
import java.time.Instant;
import java.util.List;

/**
 * One part of what a shard decides. Keeps rows in memory, changes them on inputs and writes each changed row once a
 * batch. Everything it decides follows from rows, input and {@link Turn#now()}; it has no clock and does no I/O but on
 * its rows. Writer's thread only.
 */
public interface Stage {
    /**
     * These inputs come next: what is needed of the database for all of them can be asked at once. Nothing may depend on
     * whether this was called.
     */
    default void expect(List<Input> next) {}

    /** Takes an input. What throws here quarantines the input, not the shard. */
    void take(Input input, Turn turn);

    /** The hub's own findings that are due now; each comes back as an input of its own. */
    default List<Input> due(Instant now) {
        return List.of();
    }

    /** Writes what changed since the last write, in the writer's transaction. */
    void write();

    /** Throws away memory that may differ from the database; rows are read again when needed. */
    void forget();
}
