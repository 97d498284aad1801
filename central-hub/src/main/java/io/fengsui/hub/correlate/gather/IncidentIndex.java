package io.fengsui.hub.correlate.gather;

import io.fengsui.hub.correlate.Incident;
import io.fengsui.hub.grid.KindPattern;
import io.fengsui.protocol.EventKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Incidents in the order in which they came, found by what they have in common: with thousands of them, whoever comes new must
 * not look at each. One that changes keeps its place in the order. Writer's thread only.
 */
final class IncidentIndex {
    private static final Comparator<Entry> OLDEST_FIRST = Comparator.comparingLong(entry -> entry.number);

    /** What incidents may have in common. */
    sealed interface Trait permits OfKind, OfKey, OpenAt, OpenBelow, OpenIn, OfArea {}

    record OfKind(EventKind kind) implements Trait {}

    record OfKey(Incident.Key key) implements Trait {}

    /** Of those that are open: a sensor that flaps leaves thousands behind. */
    record OpenAt(String source) implements Trait {}

    /** Of those that are open and may be another's doing: a source that theirs hangs on. */
    record OpenBelow(String source) implements Trait {}

    /** Of those that are open. */
    record OpenIn(String ticket) implements Trait {}

    /**
     * Where incidents of a kind count together, by one of the policy's storms.
     *
     * @param storm which of them, from 0
     * @param area code of an area or grid, or what stands for the surroundings of what has no grid
     */
    record OfArea(int storm, EventKind kind, String area) implements Trait {}

    /** Its number says when it came. */
    private static final class Entry {
        private final long number;
        private Gathered one;

        Entry(long number, Gathered one) {
            this.number = number;
            this.one = one;
        }
    }

    private final Function<Gathered, List<Trait>> byPolicy;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<Trait, NavigableMap<Long, Entry>> byTrait = new HashMap<>();
    private final Map<EventKind, Integer> kinds = new HashMap<>();
    private long last;

    /** @param byPolicy what such as this one have in common by the rules: by its kind, key and place, and whether it is open */
    IncidentIndex(Function<Gathered, List<Trait>> byPolicy) {
        this.byPolicy = byPolicy;
    }

    @Nullable
    Gathered find(String incident) {
        Entry entry = entries.get(incident);
        return entry == null ? null : entry.one;
    }

    int size() {
        return entries.size();
    }

    /** The id of the one that came before all others; there must be one. */
    String oldest() {
        return entries.keySet().iterator().next();
    }

    /** Those that have any of these in common, each of which is asked for once and of one sort; oldest first. */
    List<Gathered> of(Collection<? extends Trait> traits) {
        List<Entry> found = new ArrayList<>();
        for (Trait trait : traits) {
            found.addAll(entries(trait));
        }
        if (traits.size() > 1) {
            found.sort(OLDEST_FIRST);
        }
        return found.stream().map(entry -> entry.one).toList();
    }

    /** Those of any kind that one of the patterns names, oldest first. */
    List<Gathered> ofKinds(List<KindPattern> patterns) {
        List<OfKind> named = kinds.keySet().stream()
                .filter(kind -> GatherPolicy.matches(patterns, kind))
                .map(OfKind::new)
                .toList();
        return named.size() < kinds.size()
                ? of(named)
                : entries.values().stream().map(entry -> entry.one).toList();
    }

    /** Whether any that has this in common is such a one. */
    boolean isAny(Trait trait, Predicate<Gathered> wanted) {
        for (Entry entry : entries(trait)) {
            if (wanted.test(entry.one)) {
                return true;
            }
        }
        return false;
    }

    private Collection<Entry> entries(Trait trait) {
        NavigableMap<Long, Entry> alike = byTrait.get(trait);
        return alike == null ? List.of() : alike.values();
    }

    void put(Gathered one) {
        Entry entry = entries.get(one.incident());
        if (entry == null) {
            last++;
            entry = new Entry(last, one);
            entries.put(one.incident(), entry);
            add(entry);
        } else {
            replace(entry, one);
        }
    }

    /** @param change never makes another incident of one */
    void replaceAll(UnaryOperator<Gathered> change) {
        entries.values().forEach(entry -> replace(entry, change.apply(entry.one)));
    }

    private void replace(Entry entry, Gathered one) {
        Gathered old = entry.one;
        boolean isAlike = Objects.equals(old.ticket(), one.ticket())
                && old.span().isOpen() == one.span().isOpen()
                && old.kind().equals(one.kind())
                && old.key().equals(one.key())
                && old.at().equals(one.at());
        if (isAlike) {
            entry.one = one;
        } else {
            take(entry);
            entry.one = one;
            add(entry);
        }
    }

    void remove(String incident) {
        Entry entry = entries.remove(incident);
        if (entry != null) {
            take(entry);
        }
    }

    void clear() {
        entries.clear();
        byTrait.clear();
        kinds.clear();
    }

    private void add(Entry entry) {
        for (Trait trait : traits(entry.one)) {
            byTrait.computeIfAbsent(trait, any -> new TreeMap<>()).put(entry.number, entry);
        }
        kinds.merge(entry.one.kind(), 1, Integer::sum);
    }

    private void take(Entry entry) {
        for (Trait trait : traits(entry.one)) {
            NavigableMap<Long, Entry> alike = byTrait.get(trait);
            if (alike != null) {
                alike.remove(entry.number);
                if (alike.isEmpty()) {
                    byTrait.remove(trait);
                }
            }
        }
        kinds.computeIfPresent(entry.one.kind(), (kind, many) -> many == 1 ? null : many - 1);
    }

    private List<Trait> traits(Gathered one) {
        List<Trait> traits = new ArrayList<>(byPolicy.apply(one));
        traits.add(new OfKind(one.kind()));
        traits.add(new OfKey(one.key()));
        if (one.span().isOpen()) {
            traits.add(new OpenAt(one.at().source()));
            if (one.ticket() != null) {
                traits.add(new OpenIn(one.ticket()));
            }
        }
        return traits;
    }
}
