package io.fengsui.hub.correlate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The newest incidents of each key: of the last used keys from memory, of others from the table. What is answered does
 * not depend on which of them it was. Writer's thread only.
 */
final class NewestIncidents {
    private static final int KEYS = 20_000;
    private static final int MOST = 8;
    private static final Comparator<Incident> NEWEST_FIRST = Comparator.comparingLong(
                    (Incident incident) -> incident.span().opened().toEpochMilli())
            .thenComparing(Incident::id)
            .reversed();

    private record Key(String edge, String dedupKey) {}

    private final IncidentTable table;
    private final Function<String, @Nullable Incident> find;
    private final Map<Key, List<String>> kept = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, List<String>> eldest) {
            return size() > KEYS;
        }
    };
    /** Incidents opened since the last write: the table does not know them yet. */
    private final Map<Key, List<String>> unwritten = new LinkedHashMap<>();

    /** @param find the incident of an id, as it is now */
    NewestIncidents(IncidentTable table, Function<String, @Nullable Incident> find) {
        this.table = table;
        this.find = find;
    }

    /** Newest first. */
    List<Incident> of(String edge, String dedupKey) {
        Key key = new Key(edge, dedupKey);
        List<String> known = kept.get(key);
        if (known == null) {
            known = table.newest(edge, dedupKey, MOST);
            kept.put(key, known);
        }
        List<String> fresh = unwritten.getOrDefault(key, List.of());
        if (known.size() + fresh.size() == 1) {
            Incident only = find.apply(known.isEmpty() ? fresh.getFirst() : known.getFirst());
            return only == null ? List.of() : List.of(only);
        }
        Set<String> ids = new LinkedHashSet<>(known);
        ids.addAll(fresh);
        return ids.stream()
                .map(find)
                .filter(Objects::nonNull)
                .sorted(NEWEST_FIRST)
                .limit(MOST)
                .toList();
    }

    void added(Incident incident) {
        Key key = new Key(incident.key().edge(), incident.key().dedupKey());
        unwritten.computeIfAbsent(key, fresh -> new ArrayList<>()).add(incident.id());
    }

    /** The table knows what was added. */
    void written() {
        unwritten.forEach((key, ids) -> {
            List<String> known = kept.get(key);
            if (known != null) {
                List<String> all = new ArrayList<>(known);
                all.addAll(ids);
                kept.put(
                        key,
                        all.size() <= MOST
                                ? List.copyOf(all)
                                : of(key.edge, key.dedupKey).stream()
                                        .map(Incident::id)
                                        .toList());
            }
        });
        unwritten.clear();
    }

    void forget() {
        kept.clear();
        unwritten.clear();
    }
}
