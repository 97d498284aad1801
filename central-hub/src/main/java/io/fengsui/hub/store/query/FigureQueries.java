package io.fengsui.hub.store.query;

import io.fengsui.hub.access.user.Reach;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** Figures over tickets that were opened within a time. Reads committed rows only; blocks. Thread-safe. */
public final class FigureQueries {
    private static final int MOST_GROUPS = 2_000;
    private static final int MOST_FACTS = 500_000;
    private static final long QUARTER_MILLIS = 900_000;

    /** Tickets that somebody reaches, opened from one moment on until before another. */
    public record Span(Instant from, Instant to, Reach reach) {
        private String condition(String table) {
            return "%1$sopened_at >= :from AND %1$sopened_at < :to AND %2$s"
                    .formatted(table, Reached.thing(reach, table + "grid", table + "unit"));
        }

        private Query ask(Handle handle, String sql) {
            Query query =
                    handle.createQuery(sql).bind("from", from.toEpochMilli()).bind("to", to.toEpochMilli());
            Reached.bind(query, reach);
            return query;
        }
    }

    /** What tickets are put together by. */
    public enum By {
        UNIT("t.unit"),
        GRID("t.grid"),
        KIND("t.kind"),
        SEVERITY("t.severity");

        private final String column;

        By(String column) {
            this.column = column;
        }
    }

    /** Of local time what tickets are put together by; weeks are those of ISO 8601. */
    public enum Grain {
        DAY,
        WEEK,
        MONTH;

        /** Such as {@code 2026-11-23}, {@code 2026-W48}, {@code 2026-11}. */
        String key(LocalDate day) {
            return switch (this) {
                case DAY -> day.toString();
                case WEEK ->
                    "%04d-W%02d"
                            .formatted(day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
                case MONTH -> YearMonth.from(day).toString();
            };
        }
    }

    /** How long tickets stayed in a state. */
    public record Stay(String workflow, String state, int times, Duration half, Duration nineTenths) {}

    /** Verdicts on what one source said by one rule. */
    public record Verdicts(String source, String rule, long truth, long falsehood, long duplicate, long test) {}

    public record Heat(String grid, int hour, long tickets) {}

    private final Jdbi jdbi;

    public FigureQueries(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public List<FigureGroup> groups(Span span, By by) {
        return groups(span, new Grouped(by.column, "tickets DESC, grouped", MOST_GROUPS));
    }

    /** One for each local day, week or month of the span, oldest first, also where there were none. */
    public List<FigureGroup> groups(Span span, Grain grain, ZoneId zone) {
        Map<String, FigureGroup> groups = new LinkedHashMap<>();
        LocalDate last = LocalDate.ofInstant(span.to().minusMillis(1), zone);
        for (LocalDate day = LocalDate.ofInstant(span.from(), zone); !day.isAfter(last); day = day.plusDays(1)) {
            groups.putIfAbsent(grain.key(day), FigureGroup.none(grain.key(day)));
        }
        // Quarters of an hour: of these every local day is made, whatever its offset, also where clocks are changed.
        Grouped quarters = new Grouped("t.opened_at / " + QUARTER_MILLIS, "grouped", Integer.MAX_VALUE);
        for (FigureGroup quarter : groups(span, quarters)) {
            Instant begun = Instant.ofEpochMilli(Long.parseLong(quarter.key()) * QUARTER_MILLIS);
            groups.computeIfPresent(grain.key(LocalDate.ofInstant(begun, zone)), (key, group) -> group.and(quarter));
        }
        return List.copyOf(groups.values());
    }

    private record Grouped(String column, String order, int most) {}

    /** What passed was told of within a second; when it is due is known by the calendar that held when its row was written. */
    private List<FigureGroup> groups(Span span, Grouped grouped) {
        String sql = """
                SELECT %1$s AS grouped, COUNT(*) AS tickets,
                       SUM(CASE WHEN t.category = 'closed' THEN 1 ELSE 0 END) AS closed,
                       SUM(t.reworks) AS reworks, SUM(t.send_backs) AS send_backs, SUM(t.extensions) AS extensions,
                       COALESCE(SUM(d.judged), 0) AS judged, COALESCE(SUM(d.on_time), 0) AS on_time,
                       SUM(CASE WHEN d.wholes > 0 AND (t.category = 'closed' OR d.overdue > 0) THEN 1 ELSE 0 END) AS to_close,
                       SUM(CASE WHEN d.wholes = d.wholes_on_time AND d.wholes > 0 AND t.category = 'closed'
                                THEN 1 ELSE 0 END) AS closed_on_time,
                       SUM(CASE WHEN t.category <> 'void' THEN 1 ELSE 0 END) AS valid,
                       SUM(CASE WHEN t.category = 'closed' OR t.category <> 'void' AND t.reworks > 0
                                THEN 1 ELSE 0 END) AS handled,
                       SUM(CASE WHEN t.category <> 'void' AND t.reworks > 0 THEN 1 ELSE 0 END) AS reworked,
                       SUM(CASE WHEN t.category <> 'void' AND t.extensions > 0 THEN 1 ELSE 0 END) AS extended
                FROM ticket t LEFT JOIN (
                    SELECT ticket_id, COUNT(*) AS judged, SUM(COALESCE(on_time, 0)) AS on_time,
                           SUM(CASE WHEN step = '*' THEN 1 ELSE 0 END) AS wholes,
                           SUM(CASE WHEN step = '*' AND on_time = 1 THEN 1 ELSE 0 END) AS wholes_on_time,
                           SUM(CASE WHEN step = '*' AND ended_at IS NULL THEN 1 ELSE 0 END) AS overdue
                    FROM deadline
                    WHERE ended_at IS NOT NULL OR told_percent >= 100
                    GROUP BY ticket_id) AS d ON d.ticket_id = t.id AND t.category <> 'void'
                WHERE %2$s
                GROUP BY %1$s ORDER BY %3$s LIMIT :limit""".formatted(grouped.column(), span.condition("t."), grouped.order());
        return jdbi.withHandle(handle -> span.ask(handle, sql)
                .bind("limit", grouped.most())
                .map((rs, context) -> FigureGroup.of(rs))
                .list());
    }

    private record Entered(String ticket, String workflow, String state, long at) {}

    /** By workflow and state, of stays that are over; of the newest {@value #MOST_FACTS} steps at most. */
    public List<Stay> stays(Span span) {
        String sql = """
                SELECT f.ticket_id, t.workflow, f.to_state, f.at FROM ticket_fact f JOIN ticket t ON t.id = f.ticket_id
                WHERE %s AND f.kind IN ('opened', 'moved')
                ORDER BY f.ticket_id DESC, f.version LIMIT :limit""".formatted(span.condition("t."));
        List<Entered> entered = jdbi.withHandle(handle -> span.ask(handle, sql)
                .bind("limit", MOST_FACTS)
                .map((rs, context) -> new Entered(
                        rs.getString("ticket_id"),
                        rs.getString("workflow"),
                        rs.getString("to_state"),
                        rs.getLong("at")))
                .list());
        Map<String, List<Long>> millis = new TreeMap<>();
        for (int i = 0; i + 1 < entered.size(); i++) {
            Entered one = entered.get(i);
            Entered next = entered.get(i + 1);
            if (one.ticket().equals(next.ticket())) {
                millis.computeIfAbsent(one.workflow() + "/" + one.state(), key -> new ArrayList<>())
                        .add(next.at() - one.at());
            }
        }
        return millis.entrySet().stream()
                .map(one -> stay(one.getKey(), one.getValue().stream().sorted().toList()))
                .toList();
    }

    private static Stay stay(String key, List<Long> sorted) {
        int slash = key.indexOf('/');
        return new Stay(
                key.substring(0, slash), key.substring(slash + 1), sorted.size(), rank(sorted, 0.5), rank(sorted, 0.9));
    }

    /** The nearest rank. */
    private static Duration rank(List<Long> sorted, double part) {
        return Duration.ofMillis(sorted.get((int) Math.ceil(part * sorted.size()) - 1));
    }

    /** Of sources and rules (the key by which an edge says that events are the same) with verdicts, the most false first. */
    public List<Verdicts> verdicts(Span span) {
        String sql = """
                        SELECT source_id, dedup_key,
                               SUM(CASE WHEN verdict = 'true' THEN 1 ELSE 0 END) AS truth,
                               SUM(CASE WHEN verdict = 'false' THEN 1 ELSE 0 END) AS falsehood,
                               SUM(CASE WHEN verdict = 'duplicate' THEN 1 ELSE 0 END) AS duplicate,
                               SUM(CASE WHEN verdict = 'test' THEN 1 ELSE 0 END) AS test
                        FROM ticket WHERE %s AND verdict <> ''
                        GROUP BY source_id, dedup_key ORDER BY falsehood DESC, source_id, dedup_key LIMIT :limit""".formatted(span.condition(""));
        return jdbi.withHandle(handle -> span.ask(handle, sql)
                .bind("limit", MOST_GROUPS)
                .map((rs, context) -> new Verdicts(
                        rs.getString("source_id"),
                        rs.getString("dedup_key"),
                        rs.getLong("truth"),
                        rs.getLong("falsehood"),
                        rs.getLong("duplicate"),
                        rs.getLong("test")))
                .list());
    }

    /** By the hour that clocks of the zone showed at each moment, also where they were changed within the span. */
    public List<Heat> heat(Span span, ZoneId zone) {
        Map<String, Map<Integer, Long>> hours = new TreeMap<>();
        Instant from = span.from();
        while (from.isBefore(span.to())) {
            ZoneOffsetTransition next = zone.getRules().nextTransition(from);
            Instant to = next == null || next.getInstant().isAfter(span.to()) ? span.to() : next.getInstant();
            Duration offset = Duration.ofSeconds(zone.getRules().getOffset(from).getTotalSeconds());
            for (Heat one : heat(new Span(from, to, span.reach()), offset)) {
                hours.computeIfAbsent(one.grid(), grid -> new TreeMap<>()).merge(one.hour(), one.tickets(), Long::sum);
            }
            from = to;
        }
        return hours.entrySet().stream()
                .flatMap(grid -> grid.getValue().entrySet().stream()
                        .map(hour -> new Heat(grid.getKey(), hour.getKey(), hour.getValue())))
                .toList();
    }

    /** @param offset of local time from UTC, the same all the time */
    private List<Heat> heat(Span span, Duration offset) {
        String sql = """
                        SELECT grid, hour, COUNT(*) AS tickets FROM (
                            SELECT grid, (opened_at + :offset) / 3600000 %% 24 AS hour FROM ticket
                            WHERE %s) AS hours
                        GROUP BY grid, hour ORDER BY grid, hour LIMIT :limit""".formatted(span.condition(""));
        return jdbi.withHandle(handle -> span.ask(handle, sql)
                .bind("offset", offset.toMillis())
                .bind("limit", 24 * MOST_GROUPS)
                .map((rs, context) -> new Heat(rs.getString("grid"), rs.getInt("hour"), rs.getLong("tickets")))
                .list());
    }
}
