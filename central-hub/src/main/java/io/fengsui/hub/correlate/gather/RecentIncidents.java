package io.fengsui.hub.correlate.gather;

import io.fengsui.hub.grid.KindPattern;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gathered incidents: their rows, those of them that are not written yet, and those of the last day in memory, at most
 * {@value #MOST}, of those that storms put into tickets {@value #MOST_OF_STORMS}; the oldest are forgotten first, so that a
 * flood drives out nothing but itself: its budget counts the tickets that it began with. Writer's thread only.
 */
final class RecentIncidents {
    static final int MOST = 4_000;
    static final int MOST_OF_STORMS = 500;
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final GatherTable table;
    private final IncidentIndex index;
    /** Those that a storm put into a ticket. */
    private final Set<String> stormed = new LinkedHashSet<>();

    private final Map<String, Gathered> changed = new LinkedHashMap<>();
    /** Whether some of the last day are not in memory. */
    private boolean isPartial;

    /** @param byPolicy what such as this one have in common by the rules */
    RecentIncidents(GatherTable table, Function<Gathered, List<IncidentIndex.Trait>> byPolicy) {
        this.table = table;
        this.index = new IncidentIndex(byPolicy);
    }

    /** As many as are kept, in the order in which they began. */
    void load(Instant now) {
        Instant since = now.minus(REMEMBERED);
        List<Gathered> ofStorms = table.recent(since, true, MOST_OF_STORMS);
        List<Gathered> others = table.recent(since, false, MOST - ofStorms.size());
        isPartial = ofStorms.size() == MOST_OF_STORMS || ofStorms.size() + others.size() == MOST;
        Stream.concat(others.stream(), ofStorms.stream())
                .sorted(Comparator.comparing(one -> one.span().opened()))
                .forEach(this::remember);
    }

    @Nullable
    Gathered find(String incident) {
        Gathered known = inMemory(incident);
        return known != null ? known : table.find(incident);
    }

    /** Of one that has no row yet if it is not here. */
    @Nullable
    Gathered inMemory(String incident) {
        Gathered known = index.find(incident);
        return known != null ? known : changed.get(incident);
    }

    void put(Gathered one) {
        remember(one);
        changed.put(one.incident(), one);
    }

    private void remember(Gathered one) {
        index.put(one);
        if (one.reason() == GatherReason.STORM) {
            stormed.add(one.incident());
        } else {
            stormed.remove(one.incident());
        }
        if (stormed.size() > MOST_OF_STORMS) {
            drop(stormed.iterator().next());
        }
        if (index.size() > MOST) {
            drop(index.oldest());
        }
    }

    /** For good: what was known of it is true no more. */
    void remove(String incident) {
        index.remove(incident);
        stormed.remove(incident);
    }

    private void drop(String incident) {
        remove(incident);
        isPartial = true;
    }

    /** What waits for work to be over is decided anew, in memory and in its rows: that of other work goes on waiting then. */
    void release(Instant now) {
        write();
        table.release(GatherReason.MAINTENANCE, now);
        index.replaceAll(
                one -> one.held() != null && one.held().isAfter(now) && one.reason() == GatherReason.MAINTENANCE
                        ? one.with(null, one.reason(), now)
                        : one);
    }

    /** All but this one. */
    GatherDecider.Others others(Gathered one, Instant now) {
        Instant since = now.minus(REMEMBERED);
        return new GatherDecider.Others() {
            @Override
            public List<Gathered> of(Collection<? extends IncidentIndex.Trait> traits) {
                return others(index.of(traits));
            }

            @Override
            public List<Gathered> ofKinds(List<KindPattern> patterns) {
                return others(index.ofKinds(patterns));
            }

            private List<Gathered> others(List<Gathered> all) {
                return all.stream()
                        .filter(other -> !other.incident().equals(one.incident()))
                        .filter(other ->
                                other.span().isOpen() || other.span().last().isAfter(since))
                        .toList();
            }
        };
    }

    /** Whether a ticket has an open incident other than this one. */
    boolean hasOtherOpen(String ticket, String incident) {
        boolean isInMemory = index.isAny(
                new IncidentIndex.OpenIn(ticket), other -> !other.incident().equals(incident));
        return isInMemory || (isPartial && table.hasOtherOpen(ticket, incident));
    }

    void write() {
        if (!changed.isEmpty()) {
            table.write(List.copyOf(changed.values()));
            changed.clear();
        }
    }

    void forget() {
        index.clear();
        stormed.clear();
        changed.clear();
    }
}
