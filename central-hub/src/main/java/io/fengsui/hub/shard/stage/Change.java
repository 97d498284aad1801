package io.fengsui.hub.shard.stage;

import java.time.Instant;

/**
 * A committed change of something that people look at; its offset is the cursor of the live stream.
 *
 * @param offset rises by one a change within a shard, without a gap
 */
public record Change(int shard, long offset, Instant at, Entity entity, String id, Kind kind) {
    /** What changed; the lower-case name is the row's text. */
    public enum Entity {
        TICKET,
        EVENT,
        EDGE
    }

    public enum Kind {
        ADDED,
        CHANGED
    }
}
