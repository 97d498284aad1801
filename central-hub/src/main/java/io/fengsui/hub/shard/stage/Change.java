package io.fengsui.hub.shard.stage;

import java.time.Instant;

/**
 * A committed change of something that people look at; its offset is the cursor of the live stream.
 *
 * @param offset rises by one a change within a shard, without a gap
 * @param what of which kind an event is that was added; empty for all else. The row does not have it
 */
public record Change(int shard, long offset, Instant at, Entity entity, String id, Kind kind, String what) {
    /** What changed; the lower-case name is the row's text. */
    public enum Entity {
        TICKET,
        EVENT,
        EDGE,
        /** A ticket left the unit that answered for it: the id is that of a {@link Leaving}. */
        LEFT
    }

    /** A ticket, and the unit whose it was until now; neither has a space in its id. */
    public record Leaving(String ticket, String unit) {
        /** Both as one id. */
        public String id() {
            return ticket + " " + unit;
        }

        public static Leaving of(String id) {
            int space = id.indexOf(' ');
            return new Leaving(id.substring(0, space), id.substring(space + 1));
        }
    }

    public enum Kind {
        ADDED,
        CHANGED
    }
}
