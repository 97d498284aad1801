package io.fengsui.hub.store.query;

import io.fengsui.hub.access.user.Reach;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Incidents that are held back and have no ticket yet. Reads committed rows only; blocks. Thread-safe. */
public final class HeldQueries {
    private final Jdbi jdbi;

    public HeldQueries(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * One that waits.
     *
     * @param since when it began, epoch milliseconds UTC
     * @param until when it becomes a ticket if it still holds then
     * @param reason a {@link io.fengsui.hub.correlate.gather.GatherReason} by its name
     */
    public record HeldRow(
            String incident,
            String kind,
            String severity,
            String edge,
            Source source,
            String grid,
            long since,
            long until,
            boolean isOpen,
            String reason) {
        /** Of a camera or sensor, and what people call it; no names when it is none that an edge has. */
        public record Source(String id, String zh, String en) {}
    }

    /** Where the page before ended. */
    public record After(long until, String incident) {}

    /** Those that end first come first. */
    public List<HeldRow> list(Reach reach, @Nullable After after, int limit) {
        String behind = after == null
                ? ""
                : " AND (g.held_until > :until OR (g.held_until = :until AND g.incident_id > :incident))";
        String sql = """
                SELECT g.incident_id, g.kind, i.severity, g.edge, g.source_id, g.grid, g.opened_at, g.held_until, g.is_open,
                       g.reason, COALESCE(c.name_zh, s.name_zh, '') AS name_zh, COALESCE(c.name_en, s.name_en, '') AS name_en
                FROM gathered g JOIN incident i ON i.id = g.incident_id
                LEFT JOIN camera c ON c.edge = g.edge AND c.id = g.source_id
                LEFT JOIN sensor s ON s.edge = g.edge AND s.id = g.source_id
                WHERE g.held_until IS NOT NULL AND %s%s
                ORDER BY g.held_until, g.incident_id LIMIT :limit
                """.formatted(Reached.place(reach, "g.grid"), behind);
        return jdbi.withHandle(handle -> {
            Query query = handle.createQuery(sql).bind("limit", limit);
            Reached.bindPlace(query, reach);
            if (after != null) {
                query.bind("until", after.until()).bind("incident", after.incident());
            }
            return query.map((rs, context) -> new HeldRow(
                            rs.getString("incident_id"),
                            rs.getString("kind"),
                            rs.getString("severity"),
                            rs.getString("edge"),
                            new HeldRow.Source(
                                    rs.getString("source_id"), rs.getString("name_zh"), rs.getString("name_en")),
                            rs.getString("grid"),
                            rs.getLong("opened_at"),
                            rs.getLong("held_until"),
                            rs.getInt("is_open") == 1,
                            rs.getString("reason")))
                    .list();
        });
    }
}
