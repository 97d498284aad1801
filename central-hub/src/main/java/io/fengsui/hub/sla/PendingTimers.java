package io.fengsui.hub.sla;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Timers that a stage has set or cancelled and that are not written yet; of one id the last word counts. Writer's thread
 * only.
 */
public final class PendingTimers {
    private final TimerTable table;
    private final Map<String, Timer> set = new LinkedHashMap<>();
    private final Map<String, Timer> missing = new LinkedHashMap<>();
    private final Set<String> cancelled = new LinkedHashSet<>();

    public PendingTimers(TimerTable table) {
        this.table = table;
    }

    public void set(Timer timer) {
        cancelled.remove(timer.id());
        set.put(timer.id(), timer);
    }

    /** Sets it where none of its id stands. */
    public void setMissing(Timer timer) {
        missing.putIfAbsent(timer.id(), timer);
    }

    public void cancel(String id) {
        set.remove(id);
        missing.remove(id);
        cancelled.add(id);
    }

    /** Timers that are due; reads the table, so what is pending is written first. */
    public List<Timer> due(String kind, Instant now, int limit) {
        write();
        return table.due(kind, now, limit);
    }

    /** Moves all timers of a kind by this much, and none beyond these moments; what is pending is written first. */
    void move(String kind, Duration by, Instant earliest, Instant latest) {
        write();
        table.move(kind, by, earliest, latest);
    }

    public void write() {
        if (!cancelled.isEmpty()) {
            table.delete(List.copyOf(cancelled));
            cancelled.clear();
        }
        if (!set.isEmpty()) {
            table.write(List.copyOf(set.values()));
            set.clear();
        }
        if (!missing.isEmpty()) {
            table.writeNew(List.copyOf(missing.values()));
            missing.clear();
        }
    }

    /** A transaction was rolled back, and its timers with it. */
    public void forget() {
        set.clear();
        missing.clear();
        cancelled.clear();
    }
}
