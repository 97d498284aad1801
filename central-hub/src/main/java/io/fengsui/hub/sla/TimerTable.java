package io.fengsui.hub.sla;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Rows of timers; used by the shard's writer inside its transaction. */
public interface TimerTable {
    /** Timers of a kind that are due, in the order in which they fell due. */
    List<Timer> due(String kind, Instant now, int limit);

    void write(Collection<Timer> timers);

    /** Writes those of which there is none of the same id. */
    void writeNew(Collection<Timer> timers);

    void delete(Collection<String> ids);

    /** Moves all timers of a kind by this much, forwards or back, and none beyond {@code earliest} and {@code latest}. */
    void move(String kind, Duration by, Instant earliest, Instant latest);
}
