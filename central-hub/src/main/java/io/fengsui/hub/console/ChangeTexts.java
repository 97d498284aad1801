package io.fengsui.hub.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.hub.access.user.Reach;
import io.fengsui.hub.store.query.ChangeQueries;
import io.fengsui.hub.store.query.ChangeQueries.ChangeRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Changes as frames of the stream: each thing that changed as it is now, once. Blocks. Thread-safe. */
final class ChangeTexts {
    private final ChangeQueries changes;
    private final ChangeFeed.Reader reader;

    ChangeTexts(ChangeQueries changes, ChangeFeed.Reader reader) {
        this.changes = changes;
        this.reader = reader;
    }

    static String frame(String event, StreamPosition id, ObjectNode data) {
        return "event: " + event + "\nid: " + id + "\ndata: " + data + "\n\n";
    }

    /** The frames of these changes, which follow on a position; they have no number yet. */
    List<ChangeFeed.Frame> of(List<ChangeRow> rows, StreamPosition before) {
        List<ChangeRow> newest = newestOfEach(rows);
        Map<String, Map<String, Told>> things = read(newest);
        StreamPosition reached = before;
        List<ChangeFeed.Frame> fresh = new ArrayList<>();
        for (ChangeRow row : newest) {
            StreamPosition at = reached.with(row.shard(), row.offset());
            Told told = things.getOrDefault(row.entity(), Map.of()).get(row.entityId());
            if (told != null) {
                fresh.add(new ChangeFeed.Frame(0, frame(row.entity(), at, told.json()), told.isSeen()));
            }
            reached = at;
        }
        return fresh;
    }

    /** All of a kind at once: one by one, a question to the database costs several times what it answers. */
    private Map<String, Map<String, Told>> read(List<ChangeRow> rows) {
        Map<String, List<String>> ids = new LinkedHashMap<>();
        rows.forEach(
                row -> ids.computeIfAbsent(row.entity(), _ -> new ArrayList<>()).add(row.entityId()));
        Map<String, Map<String, Told>> things = new HashMap<>();
        ids.forEach((entity, all) -> things.put(entity, reader.read(entity, all)));
        return things;
    }

    /** What lies between two positions, as far as this reach may see it. */
    List<String> missed(StreamPosition seen, StreamPosition here, Reach reach, int shards) {
        List<String> texts = new ArrayList<>();
        StreamPosition reached = seen;
        for (int shard = 0; shard < shards; shard++) {
            long until = here.of(shard);
            List<ChangeRow> rows = changes.after(shard, seen.of(shard), ChangeFeed.MAX_REPLAY).stream()
                    .filter(row -> row.offset() <= until)
                    .toList();
            of(rows, reached).stream()
                    .filter(frame -> frame.isSeen().test(reach))
                    .forEach(frame -> texts.add(frame.text()));
            reached = rows.isEmpty()
                    ? reached
                    : reached.with(shard, rows.getLast().offset());
        }
        return texts;
    }

    /** Several changes of one thing are shown as its newest; the order is that of the newest ones. */
    private static List<ChangeRow> newestOfEach(List<ChangeRow> rows) {
        Map<String, ChangeRow> newest = new LinkedHashMap<>();
        for (ChangeRow row : rows) {
            String key = row.entity() + " " + row.entityId();
            newest.remove(key);
            newest.put(key, row);
        }
        return List.copyOf(newest.values());
    }
}
