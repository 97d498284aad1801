package io.fengsui.hub.shard.stage;

import io.fengsui.hub.shard.input.CommandOutcome;
import io.fengsui.protocol.EventKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One input's turn: its time and offset, and where the stages leave what is to be told after the commit. */
public final class Turn {
    private final Instant now;
    private final int shard;
    private final long offset;
    private final ChangeLog changes;
    private final List<Handed> handed = new ArrayList<>();
    private @Nullable CommandOutcome outcome;
    private Instant heard;

    /**
     * Something for the writer of tickets.
     *
     * @param incident of which it tells; empty: of none
     * @param bytes in {@link io.fengsui.hub.shard.input.HandoverForm}
     */
    @SuppressWarnings("ArrayRecordComponent") // the bytes are written as they are; never compared, never changed
    public record Handed(String edge, String incident, byte[] bytes) {}

    public Turn(Instant now, int shard, long offset, ChangeLog changes) {
        this.now = now;
        this.heard = now;
        this.shard = shard;
        this.offset = offset;
        this.changes = changes;
    }

    /** When the input came in. */
    public Instant now() {
        return now;
    }

    /** What the input says came in earlier, at another writer: then. */
    public void heard(Instant then) {
        heard = then;
    }

    /** When the hub heard what the input says; not after {@link #now()}, and before it where another writer handed it over. */
    public Instant heard() {
        return heard;
    }

    /** Shard and offset of the input: no other input has it, and it is the same on replay. */
    public String id() {
        return shard + "-" + offset;
    }

    /** Notes a change for the live stream; several of one thing in a batch become one. */
    public void changed(Change.Entity entity, String id, Change.Kind kind) {
        changes.note(entity, id, kind, "", now);
    }

    /** Notes an event that is new, with its kind. */
    public void added(EventKind kind, String event) {
        changes.note(Change.Entity.EVENT, event, Change.Kind.ADDED, kind.value(), now);
    }

    /** Hands something over to the writer of tickets, who gets it once and in this order, after the commit. */
    public void handOver(Handed something) {
        handed.add(something);
    }

    /** What was handed over, in its order. */
    public List<Handed> handed() {
        return List.copyOf(handed);
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
