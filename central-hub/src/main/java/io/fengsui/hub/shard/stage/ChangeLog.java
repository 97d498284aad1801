package io.fengsui.hub.shard.stage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers the changes of one batch, one for each thing, and numbers them. Writer's thread only. */
public final class ChangeLog {
    private record Key(Change.Entity entity, String id) {}

    private record Noted(Instant at, Change.Kind kind, String what) {}

    private final Map<Key, Noted> noted = new LinkedHashMap<>();

    void note(Change.Entity entity, String id, Change.Kind kind, String what, Instant at) {
        Key key = new Key(entity, id);
        Noted before = noted.remove(key);
        if (before != null && before.kind == Change.Kind.ADDED) {
            noted.put(key, new Noted(at, Change.Kind.ADDED, before.what));
        } else {
            noted.put(key, new Noted(at, kind, what));
        }
    }

    /** The batch's changes, numbered from {@code last + 1} on. */
    public List<Change> numbered(int shard, long last) {
        List<Change> changes = new ArrayList<>(noted.size());
        long offset = last;
        for (Map.Entry<Key, Noted> entry : noted.entrySet()) {
            offset++;
            Key key = entry.getKey();
            changes.add(new Change(
                    shard,
                    offset,
                    entry.getValue().at(),
                    key.entity(),
                    key.id(),
                    entry.getValue().kind(),
                    entry.getValue().what()));
        }
        return changes;
    }
}
