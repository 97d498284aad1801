package io.fengsui.hub.store.query;

import io.fengsui.hub.access.user.Reach;
import io.fengsui.hub.evidence.mark.Mark;
import io.fengsui.hub.evidence.mark.PictureMark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** What is asked about marks on the pictures of patrols. Reads committed rows only; blocks. Thread-safe. */
public final class MarkQueries {
    /** Of how many rounds the median is taken; everything else counts all. */
    private static final int MOST_WAITS = 100_000;

    private static final int MOST_ROWS = 1_000;
    private static final String ROUNDS = """
            FROM event e LEFT JOIN incident i ON i.id = e.incident_id LEFT JOIN ticket t ON t.id = i.ticket_id
            %s JOIN picture_mark m ON m.event_id = e.event_id
            WHERE e.kind = 'patrol.round' AND e.occurred_at >= :from AND e.occurred_at < :to AND %s
            """;

    /** Rounds that somebody reaches, made from one moment on until before another. */
    public record Span(Instant from, Instant to, Reach reach) {}

    /** What one person went through. */
    public record Person(String name, long rounds, long pictures, long wrong, long unclear) {}

    /**
     * How the rounds of one patrol were gone through.
     *
     * @param key of its events, such as {@code patrol/night}
     * @param answered rounds of which a picture at least is marked
     * @param half of those, of the newest {@value #MOST_WAITS} of the period, were begun within this time; zero where there are
     *     none
     */
    public record Patrol(String edge, String key, long rounds, long answered, long wrong, Duration half) {}

    private record Series(String edge, String key) {}

    private record Wait(Series series, long millis) {}

    private final Jdbi jdbi;

    public MarkQueries(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** By camera, for each of these rounds that has any. */
    public Map<String, Map<String, PictureMark>> of(Collection<String> rounds) {
        Map<String, Map<String, PictureMark>> marks = new TreeMap<>();
        if (rounds.isEmpty()) {
            return marks;
        }
        jdbi.useHandle(handle -> handle.createQuery("SELECT * FROM picture_mark WHERE event_id IN (<rounds>)")
                .bindList("rounds", List.copyOf(rounds))
                .map((rs, context) -> new PictureMark(
                        rs.getString("event_id"),
                        rs.getString("camera"),
                        Mark.of(rs.getString("mark")).orElse(Mark.UNCLEAR),
                        rs.getString("note"),
                        rs.getString("marked_by"),
                        Instant.ofEpochMilli(rs.getLong("marked_at"))))
                .forEach(mark -> marks.computeIfAbsent(mark.event(), _ -> new TreeMap<>())
                        .put(mark.camera(), mark)));
        return marks;
    }

    /** Who marked, most pictures first; {@value #MOST_ROWS} at most. */
    public List<Person> people(Span span) {
        return jdbi.withHandle(handle -> ask(
                        handle,
                        span,
                        """
                        SELECT m.marked_by, COUNT(DISTINCT m.event_id) AS rounds, COUNT(*) AS pictures,
                               SUM(CASE WHEN m.mark = 'wrong' THEN 1 ELSE 0 END) AS wrong,
                               SUM(CASE WHEN m.mark = 'unclear' THEN 1 ELSE 0 END) AS unclear
                        """ + ROUNDS,
                        "",
                        " GROUP BY m.marked_by ORDER BY pictures DESC, m.marked_by LIMIT " + MOST_ROWS)
                .map((rs, context) -> new Person(
                        rs.getString("marked_by"),
                        rs.getLong("rounds"),
                        rs.getLong("pictures"),
                        rs.getLong("wrong"),
                        rs.getLong("unclear")))
                .list());
    }

    /** How the patrols were gone through, by edge and patrol; {@value #MOST_ROWS} at most. */
    public List<Patrol> patrols(Span span) {
        Map<Series, List<Long>> waits = waits(span);
        return jdbi.withHandle(handle -> ask(
                        handle,
                        span,
                        """
                        SELECT e.edge, e.dedup_key, COUNT(DISTINCT e.event_id) AS rounds,
                               COUNT(DISTINCT m.event_id) AS answered,
                               SUM(CASE WHEN m.mark = 'wrong' THEN 1 ELSE 0 END) AS wrong
                        """ + ROUNDS,
                        "LEFT",
                        " GROUP BY e.edge, e.dedup_key ORDER BY e.edge, e.dedup_key LIMIT " + MOST_ROWS)
                .map((rs, context) -> new Patrol(
                        rs.getString("edge"),
                        rs.getString("dedup_key"),
                        rs.getLong("rounds"),
                        rs.getLong("answered"),
                        rs.getLong("wrong"),
                        half(waits.getOrDefault(
                                new Series(rs.getString("edge"), rs.getString("dedup_key")), List.of()))))
                .list());
    }

    /** From the rounds until the first mark on each, in milliseconds. */
    private Map<Series, List<Long>> waits(Span span) {
        Map<Series, List<Long>> waits = new HashMap<>();
        jdbi.useHandle(handle -> ask(
                        handle,
                        span,
                        "SELECT e.edge, e.dedup_key, e.occurred_at, MIN(m.marked_at) AS first_mark " + ROUNDS,
                        "",
                        " GROUP BY e.event_id, e.edge, e.dedup_key, e.occurred_at ORDER BY e.occurred_at DESC LIMIT "
                                + MOST_WAITS)
                .map((rs, context) -> new Wait(
                        new Series(rs.getString("edge"), rs.getString("dedup_key")),
                        Math.max(0, rs.getLong("first_mark") - rs.getLong("occurred_at"))))
                .forEach(wait -> waits.computeIfAbsent(wait.series(), _ -> new ArrayList<>())
                        .add(wait.millis())));
        return waits;
    }

    private static Duration half(List<Long> waits) {
        List<Long> sorted = waits.stream().sorted().toList();
        return sorted.isEmpty() ? Duration.ZERO : Duration.ofMillis(sorted.get((sorted.size() - 1) / 2));
    }

    private static Query ask(Handle handle, Span span, String sql, String join, String rest) {
        String reached = Reached.thing(span.reach(), "COALESCE(t.grid, e.grid)", "COALESCE(t.unit, '')");
        Query query = handle.createQuery(sql.formatted(join, reached) + rest)
                .bind("from", span.from().toEpochMilli())
                .bind("to", span.to().toEpochMilli());
        Reached.bind(query, span.reach());
        return query;
    }
}
