package io.fengsui.hub.store.query;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** Reads the log of what changed, by shard and offset. Reads committed rows only; blocks. Thread-safe. */
public final class ChangeQueries {
    /** One thing that changed. */
    public record ChangeRow(int shard, long offset, long at, String entity, String entityId, String kind) {}

    private final Jdbi jdbi;

    public ChangeQueries(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** What changed in a shard after an offset, oldest first. */
    public List<ChangeRow> after(int shard, long offset, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT shard, "offset", at, entity, entity_id, kind FROM change
                        WHERE shard = :shard AND "offset" > :offset ORDER BY "offset" LIMIT :limit""")
                .bind("shard", shard)
                .bind("offset", offset)
                .bind("limit", limit)
                .map((rs, context) -> new ChangeRow(
                        rs.getInt("shard"),
                        rs.getLong("offset"),
                        rs.getLong("at"),
                        rs.getString("entity"),
                        rs.getString("entity_id"),
                        rs.getString("kind")))
                .list());
    }

    /** How many events were new in a shard after one offset and up to another, by kind. */
    public Map<String, Long> newEvents(int shard, long after, long until) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT e.kind, COUNT(*) AS events FROM change c JOIN event e ON e.event_id = c.entity_id
                        WHERE c.shard = :shard AND c."offset" > :after AND c."offset" <= :until
                          AND c.entity = 'event' AND c.kind = 'added'
                        GROUP BY e.kind""")
                .bind("shard", shard)
                .bind("after", after)
                .bind("until", until)
                .reduceRows(new HashMap<>(), (counts, row) -> {
                    counts.put(row.getColumn("kind", String.class), row.getColumn("events", Long.class));
                    return counts;
                }));
    }

    /** How much edges' writers handed over that is not taken over yet. */
    public long handovers() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM handover")
                .mapTo(Long.class)
                .one());
    }

    /** The offset of a shard's newest change; 0 where there is none. */
    public long end(int shard) {
        return edge(shard, "MAX");
    }

    /** The offset of a shard's oldest change that is still kept; 0 where there is none. */
    public long beginning(int shard) {
        return edge(shard, "MIN");
    }

    private long edge(int shard, String which) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT COALESCE(" + which + "(\"offset\"), 0) FROM change WHERE shard = :shard")
                .bind("shard", shard)
                .mapTo(Long.class)
                .one());
    }
}
