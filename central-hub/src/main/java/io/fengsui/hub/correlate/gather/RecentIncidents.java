package io.fengsui.hub.correlate.gather;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The incidents of the last day in memory, at most {@value #MOST}, of those that storms put into tickets {@value
 * #MOST_OF_STORMS}; the oldest are forgotten first, so that a flood drives out nothing but itself: its budget counts the
 * tickets that it began with. Writer's thread only.
 */
final class RecentIncidents {
    private static final int MOST = 4_000;
    private static final int MOST_OF_STORMS = 500;
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final GatherTable table;
    private final Map<String, Gathered> all = new LinkedHashMap<>();
    /** Those that a storm put into a ticket. */
    private final Set<String> stormed = new LinkedHashSet<>();
    /** Whether some of the last day are not in memory. */
    private boolean isPartial;

    RecentIncidents(GatherTable table) {
        this.table = table;
    }

    /** As many as are kept, in the order in which they began. */
    void load(Instant now) {
        Instant since = now.minus(REMEMBERED);
        List<Gathered> ofStorms = table.recent(since, true, MOST_OF_STORMS);
        List<Gathered> others = table.recent(since, false, MOST - ofStorms.size());
        isPartial = ofStorms.size() == MOST_OF_STORMS || ofStorms.size() + others.size() == MOST;
        Stream.concat(others.stream(), ofStorms.stream())
                .sorted(Comparator.comparing(one -> one.span().opened()))
                .forEach(this::put);
    }

    @Nullable
    Gathered find(String incident) {
        return all.get(incident);
    }

    void put(Gathered one) {
        all.put(one.incident(), one);
        if (one.reason() == GatherReason.STORM) {
            stormed.add(one.incident());
        } else {
            stormed.remove(one.incident());
        }
        if (stormed.size() > MOST_OF_STORMS) {
            drop(stormed.iterator().next());
        }
        if (all.size() > MOST) {
            drop(all.keySet().iterator().next());
        }
    }

    /** For good: what was known of it is true no more. */
    void remove(String incident) {
        all.remove(incident);
    }

    private void drop(String incident) {
        all.remove(incident);
        stormed.remove(incident);
        isPartial = true;
    }

    /** What waits for work to be over is decided anew, in memory and in its rows: that of other work goes on waiting then. */
    void release(Instant now) {
        table.release(GatherReason.MAINTENANCE, now);
        all.replaceAll((incident, one) ->
                one.held() != null && one.held().isAfter(now) && one.reason() == GatherReason.MAINTENANCE
                        ? one.with(null, one.reason(), now)
                        : one);
    }

    /** All but this one. */
    List<Gathered> others(Gathered one, Instant now) {
        Instant since = now.minus(REMEMBERED);
        return all.values().stream()
                .filter(other -> !other.incident().equals(one.incident()))
                .filter(other -> other.span().isOpen() || other.span().last().isAfter(since))
                .toList();
    }

    /** Whether a ticket has an open incident other than this one. */
    boolean hasOtherOpen(String ticket, String incident) {
        boolean isInMemory = all.values().stream()
                .anyMatch(other -> !other.incident().equals(incident)
                        && ticket.equals(other.ticket())
                        && other.span().isOpen());
        return isInMemory || (isPartial && table.hasOtherOpen(ticket, incident));
    }

    void forget() {
        all.clear();
        stormed.clear();
    }
}
