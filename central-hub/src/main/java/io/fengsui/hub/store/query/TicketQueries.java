package io.fengsui.hub.store.query;

import io.fengsui.hub.access.user.Reach;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * What people and programs ask about tickets. Reads committed rows only; blocks, so it is called from threads that may.
 * Thread-safe.
 */
public final class TicketQueries {
    private static final String COLUMNS = """
            SELECT t.*,
            """ + TicketCare.COLUMNS + """
                   (SELECT COUNT(*) FROM evidence v WHERE v.ticket_id = t.id AND v.state = 'pending') AS pending_pictures,
                   (SELECT COUNT(*) FROM evidence v WHERE v.ticket_id = t.id AND v.state = 'lost') AS lost_pictures,
                   (t.closed_at IS NULL AND EXISTS (SELECT 1 FROM event e
                           WHERE e.incident_id = t.incident_id AND e.is_unconfirmed = 1)) AS unconfirmed
            FROM ticket t
            """;

    /** A row of the ticket table with what belongs to it; times are epoch milliseconds. */
    public record TicketRow(
            String id,
            long number,
            String incident,
            Subject subject,
            Stand stand,
            Where where,
            Times times,
            long version,
            long eventCount,
            Pictures pictures,
            boolean isUnconfirmed,
            TicketCare care) {
        /** What it is about. */
        public record Subject(String kind, String titleZh, String titleEn, String severity, String dedupKey) {}

        /** Where in which workflow it stands. */
        public record Stand(String workflow, String state, String category) {}

        /** Where it is and what said so. */
        public record Where(String site, PlaceRow place, SourceRow source, String edge) {}

        /** When; null where it has not happened. */
        public record Times(
                long occurredAt,
                long openedAt,
                long updatedAt,
                @Nullable Long closedAt,
                @Nullable Long clearedAt) {}

        /** The first ready picture, or why there is none. */
        public record Pictures(@Nullable String ready, long pending, long lost) {}
    }

    /** A place as stored. */
    public record PlaceRow(
            String zh,
            String en,
            String grid,
            @Nullable Double longitude,
            @Nullable Double latitude) {}

    /** A source as stored. */
    public record SourceRow(String type, String id, String zone, String zh, String en, ZoneName zoneName) {}

    /** What people call a zone. */
    public record ZoneName(String zh, String en) {}

    /** One fact of a ticket's history; {@code detail} is JSON. */
    public record FactRow(
            long version, long at, String actor, String kind, Transition transition, String note, String detail) {
        /** From which state to which; equal where the state stayed. */
        public record Transition(String from, String to) {}
    }

    /** From one moment on until before another. */
    public record Between(Instant from, Instant to) {}

    /**
     * Which tickets of those that somebody reaches; an empty list lets all through.
     *
     * @param opened when they were; null lets all through
     */
    public record Filter(
            Reach reach,
            List<String> states,
            List<String> kinds,
            List<String> severities,
            List<String> sites,
            List<String> units,
            List<String> deadlines,
            boolean isUnrouted,
            @Nullable Between opened) {}

    /** Where the page before ended. */
    public record After(long openedAt, String id) {}

    private final Jdbi jdbi;

    public TicketQueries(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Newest first; stable while tickets are added. */
    public List<TicketRow> newest(Filter filter, @Nullable After after, int limit) {
        Map<String, List<String>> wanted = Map.of(
                "state",
                filter.states(),
                "kind",
                filter.kinds(),
                "severity",
                filter.severities(),
                "site",
                filter.sites(),
                "unit",
                filter.units());
        List<String> conditions = new ArrayList<>();
        conditions.add(Reached.thing(filter.reach(), "t.grid", "t.unit"));
        wanted.forEach((column, values) -> {
            if (!values.isEmpty()) {
                conditions.add("t." + column + " IN (<" + column + ">)");
            }
        });
        if (!filter.deadlines().isEmpty()) {
            conditions.add(filter.deadlines().stream()
                    .map(TicketQueries::deadlineCondition)
                    .collect(Collectors.joining(" OR ", "(", ")")));
        }
        if (filter.isUnrouted()) {
            conditions.add("t.unit = '' AND t.category IN ('open', 'suspended')");
        }
        Between opened = filter.opened();
        if (opened != null) {
            conditions.add("t.opened_at >= :openedFrom AND t.opened_at < :openedTo");
        }
        if (after != null) {
            conditions.add("(t.opened_at < :openedAt OR (t.opened_at = :openedAt AND t.id < :id))");
        }
        String sql = COLUMNS + " WHERE " + String.join(" AND ", conditions)
                + " ORDER BY t.opened_at DESC, t.id DESC LIMIT :limit";
        return jdbi.withHandle(handle -> {
            Query query = handle.createQuery(sql).bind("limit", limit);
            Reached.bind(query, filter.reach());
            if (opened != null) {
                query.bind("openedFrom", opened.from().toEpochMilli())
                        .bind("openedTo", opened.to().toEpochMilli());
            }
            wanted.forEach((column, values) -> {
                if (!values.isEmpty()) {
                    query.bindList(column, values);
                }
            });
            if (after != null) {
                query.bind("openedAt", after.openedAt()).bind("id", after.id());
            }
            return query.map((rs, context) -> ticket(rs)).list();
        });
    }

    private static String deadlineCondition(String wanted) {
        String open = "EXISTS (SELECT 1 FROM deadline d WHERE d.ticket_id = t.id AND d.ended_at IS NULL";
        return switch (wanted) {
            case "passed" -> open + " AND d.told_percent >= 100)";
            case "near" -> open + " AND d.told_percent > 0 AND d.told_percent < 100)";
            case String running -> open + " AND d.due_at IS NOT NULL)";
        };
    }

    /** The deadlines of a ticket, oldest first. */
    public List<TicketCare.DeadlineRow> deadlines(String ticket, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT * FROM deadline WHERE ticket_id = :ticket ORDER BY since_version, step LIMIT :limit""")
                .bind("ticket", ticket)
                .bind("limit", limit)
                .map((rs, context) -> TicketCare.DeadlineRow.of(rs))
                .list());
    }

    /** Empty also when there is such a ticket, and it is beyond that reach. */
    public Optional<TicketRow> find(String id, Reach reach) {
        return jdbi.withHandle(handle -> handle.createQuery(COLUMNS + " WHERE t.id = :id")
                        .bind("id", id)
                        .map((rs, context) -> ticket(rs))
                        .findOne())
                .filter(row ->
                        reach.covers(row.where().place().grid(), row.care().unit()));
    }

    /** Those of these tickets that there are, in no order. */
    public List<TicketRow> all(List<String> ids) {
        return ByIds.read(jdbi, COLUMNS + " WHERE t.id", ids, TicketQueries::ticket);
    }

    /** The history, oldest first; the newest {@code limit} facts of it. */
    public List<FactRow> facts(String ticket, int limit) {
        return facts(ticket, List.of(), limit);
    }

    /** @param kinds of facts, however many others came after them; none: all kinds */
    public List<FactRow> facts(String ticket, List<String> kinds, int limit) {
        String wanted = kinds.isEmpty() ? "" : " AND kind IN (<kinds>)";
        return jdbi.withHandle(handle -> {
            Query query = handle.createQuery("""
                            SELECT * FROM (SELECT version, at, actor, kind, from_state, to_state, note, detail
                                           FROM ticket_fact WHERE ticket_id = :ticket%s
                                           ORDER BY version DESC LIMIT :limit) AS newest
                            ORDER BY version""".formatted(wanted))
                    .bind("ticket", ticket)
                    .bind("limit", limit);
            if (!kinds.isEmpty()) {
                query.bindList("kinds", kinds);
            }
            return query.map((rs, context) -> fact(rs)).list();
        });
    }

    private static FactRow fact(ResultSet rs) throws SQLException {
        return new FactRow(
                rs.getLong("version"),
                rs.getLong("at"),
                rs.getString("actor"),
                rs.getString("kind"),
                new FactRow.Transition(rs.getString("from_state"), rs.getString("to_state")),
                rs.getString("note"),
                rs.getString("detail"));
    }

    private static TicketRow ticket(ResultSet rs) throws SQLException {
        return new TicketRow(
                rs.getString("id"),
                rs.getLong("number"),
                rs.getString("incident_id"),
                new TicketRow.Subject(
                        rs.getString("kind"),
                        rs.getString("title_zh"),
                        rs.getString("title_en"),
                        rs.getString("severity"),
                        rs.getString("dedup_key")),
                new TicketRow.Stand(rs.getString("workflow"), rs.getString("state"), rs.getString("category")),
                new TicketRow.Where(
                        rs.getString("site"),
                        place(rs),
                        new SourceRow(
                                rs.getString("source_type"),
                                rs.getString("source_id"),
                                rs.getString("zone"),
                                rs.getString("source_name_zh"),
                                rs.getString("source_name_en"),
                                new ZoneName(rs.getString("zone_zh"), rs.getString("zone_en"))),
                        rs.getString("edge")),
                new TicketRow.Times(
                        rs.getLong("occurred_at"),
                        rs.getLong("opened_at"),
                        rs.getLong("updated_at"),
                        optionalLong(rs, "closed_at"),
                        optionalLong(rs, "condition_cleared_at")),
                rs.getLong("version"),
                rs.getLong("event_count"),
                new TicketRow.Pictures(
                        rs.getString("evidence_id"), rs.getLong("pending_pictures"), rs.getLong("lost_pictures")),
                rs.getBoolean("unconfirmed"),
                TicketCare.of(rs));
    }

    static PlaceRow place(ResultSet rs) throws SQLException {
        return new PlaceRow(
                rs.getString("place_zh"),
                rs.getString("place_en"),
                rs.getString("grid"),
                optionalDouble(rs, "longitude"),
                optionalDouble(rs, "latitude"));
    }

    static @Nullable Long optionalLong(ResultSet rs, String column) throws SQLException {
        long value = rs.getLong(column);
        return rs.wasNull() ? null : value;
    }

    static @Nullable Double optionalDouble(ResultSet rs, String column) throws SQLException {
        double value = rs.getDouble(column);
        return rs.wasNull() ? null : value;
    }
}
