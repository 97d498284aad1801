package io.fengsui.hub.shard.stage;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one table as the writer sees them: changed ones until they are written, and some of the last used ones.
 * Bounded: what is not changed is forgotten, eldest first. Writer's thread only.
 */
public final class Rows<K, V> {
    private final Function<K, @Nullable V> find;
    private final Map<K, V> changed = new LinkedHashMap<>();
    private final Map<K, V> kept;
    /** Keys that were asked for and have no row. */
    private final Set<K> absent = new HashSet<>();

    /** @param find reads a row that is not in memory; null when there is none */
    public Rows(int capacity, Function<K, @Nullable V> find) {
        this.find = find;
        this.kept = new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > capacity;
            }
        };
    }

    public @Nullable V get(K key) {
        V value = changed.get(key);
        if (value == null) {
            value = kept.get(key);
        }
        if (value == null && !absent.contains(key)) {
            value = find.apply(key);
            if (value != null) {
                kept.put(key, value);
            }
        }
        return value;
    }

    /** Reads the rows of these keys that are not in memory, at once. */
    public void fetch(Collection<K> keys, Function<Collection<K>, Map<K, V>> findAll) {
        List<K> missing = keys.stream()
                .filter(key -> !changed.containsKey(key) && !kept.containsKey(key))
                .distinct()
                .toList();
        if (!missing.isEmpty()) {
            Map<K, V> found = findAll.apply(missing);
            kept.putAll(found);
            missing.stream().filter(key -> !found.containsKey(key)).forEach(absent::add);
        }
    }

    public void put(K key, V value) {
        absent.remove(key);
        changed.put(key, value);
    }

    /** Hands the changed rows to {@code writer}, each once. */
    public void write(Consumer<Collection<V>> writer) {
        absent.clear();
        if (!changed.isEmpty()) {
            writer.accept(List.copyOf(changed.values()));
            kept.putAll(changed);
            changed.clear();
        }
    }

    public void forget() {
        absent.clear();
        changed.clear();
        kept.clear();
    }
}
