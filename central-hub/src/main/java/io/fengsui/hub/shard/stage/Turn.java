package io.fengsui.hub.shard.stage;

import io.fengsui.hub.shard.input.CommandOutcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One input's turn: its time and offset, and where the stages leave what is to be told after the commit. */
public final class Turn {
    private final Instant now;
    private final int shard;
    private final long offset;
    private final ChangeLog changes;
    private @Nullable CommandOutcome outcome;

    public Turn(Instant now, int shard, long offset, ChangeLog changes) {
        this.now = now;
        this.shard = shard;
        this.offset = offset;
        this.changes = changes;
    }

    /** When the input came in. */
    public Instant now() {
        return now;
    }

    /** Shard and offset of the input: no other input has it, and it is the same on replay. */
    public String id() {
        return shard + "-" + offset;
    }

    /** Notes a change for the live stream; several of one thing in a batch become one. */
    public void changed(Change.Entity entity, String id, Change.Kind kind) {
        changes.note(entity, id, kind, now);
    }

    /** What became of the command that this turn is about. */
    public void outcome(CommandOutcome told) {
        outcome = told;
    }

    /** Null when no stage said anything. */
    public @Nullable CommandOutcome outcome() {
        return outcome;
    }
}
