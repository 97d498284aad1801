package io.fengsui.hub.store.query;

import io.fengsui.hub.access.user.Reach;
import io.fengsui.hub.evidence.mark.Mark;
import io.fengsui.hub.evidence.mark.PictureMark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** What is asked about marks on the pictures of patrols. Reads committed rows only; blocks. Thread-safe. */
public final class MarkQueries {
    private static final int MOST_ROUNDS = 100_000;
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
     * @param half of those were begun within this time; zero where there are none
     */
    public record Patrol(String edge, String key, long rounds, long answered, long wrong, Duration half) {}

    private record Round(String edge, String key, long at, long firstMark, long wrong) {}

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

    /** Who marked, most pictures first. */
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
                        " GROUP BY m.marked_by ORDER BY pictures DESC, m.marked_by LIMIT 1000")
                .map((rs, context) -> new Person(
                        rs.getString("marked_by"),
                        rs.getLong("rounds"),
                        rs.getLong("pictures"),
                        rs.getLong("wrong"),
                        rs.getLong("unclear")))
                .list());
    }

    /** How the patrols were gone through, by edge and patrol. */
    public List<Patrol> patrols(Span span) {
        List<Round> rounds = jdbi.withHandle(handle -> ask(
                        handle,
                        span,
                        """
                        SELECT e.edge, e.dedup_key, e.occurred_at, MIN(m.marked_at) AS first_mark,
                               SUM(CASE WHEN m.mark = 'wrong' THEN 1 ELSE 0 END) AS wrong
                        """ + ROUNDS,
                        "LEFT",
                        " GROUP BY e.event_id, e.edge, e.dedup_key, e.occurred_at LIMIT " + MOST_ROUNDS)
                .map((rs, context) -> new Round(
                        rs.getString("edge"),
                        rs.getString("dedup_key"),
                        rs.getLong("occurred_at"),
                        rs.getLong("first_mark"),
                        rs.getLong("wrong")))
                .list());
        Map<List<String>, List<Round>> byPatrol =
                new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
        rounds.forEach(round -> byPatrol.computeIfAbsent(List.of(round.edge(), round.key()), _ -> new ArrayList<>())
                .add(round));
        return byPatrol.values().stream().map(MarkQueries::patrol).toList();
    }

    private static Patrol patrol(List<Round> rounds) {
        List<Long> waited = rounds.stream()
                .filter(round -> round.firstMark() > 0)
                .map(round -> Math.max(0, round.firstMark() - round.at()))
                .sorted()
                .toList();
        return new Patrol(
                rounds.getFirst().edge(),
                rounds.getFirst().key(),
                rounds.size(),
                waited.size(),
                rounds.stream().mapToLong(Round::wrong).sum(),
                waited.isEmpty() ? Duration.ZERO : Duration.ofMillis(waited.get((waited.size() - 1) / 2)));
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
