package io.fengsui.hub.notify.gather;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages that remind somebody in the tick that is under way, so that what falls due together goes together. Invariant:
 * a message is known here only until the transaction that lays it down ends, one way or the other; so nobody has read one
 * that something joins, and whatever joins is sent. Writer's thread only.
 */
public final class Reminders {
    /** What goes together. */
    public record Group(String contact, String channel, String key) {}

    private record Laid(String message, Instant at) {}

    private final Map<Group, Laid> newest = new HashMap<>();

    /** A message of reminders was laid down that goes at this moment. */
    public void laidDown(Group group, String message, Instant now) {
        newest.put(group, new Laid(message, now));
    }

    /** The message of this group that was laid down at this moment; one of another moment may be on its way. */
    public @Nullable String going(Group group, Instant now) {
        Laid laid = newest.get(group);
        return laid != null && laid.at().equals(now) ? laid.message() : null;
    }

    /** A tick is over, or its transaction rolled back: whatever was laid down is full. */
    public void close() {
        newest.clear();
    }
}
