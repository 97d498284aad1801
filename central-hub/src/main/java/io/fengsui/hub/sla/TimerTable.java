package io.fengsui.hub.sla;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Rows of timers; used by the shard's writer inside its transaction. */
public interface TimerTable {
    List<Timer> due(Instant now, int limit);

    void write(Collection<Timer> timers);

    void delete(Collection<String> ids);
}
