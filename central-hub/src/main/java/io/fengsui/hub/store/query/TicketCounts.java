package io.fengsui.hub.store.query;

import io.fengsui.hub.access.user.Reach;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** How many tickets there are of what. Reads committed rows only; blocks. Thread-safe. */
public final class TicketCounts {
    /** How many tickets there are of a kind, state, category and severity. */
    public record Count(String kind, String state, String category, String severity, long tickets) {}

    private final Jdbi jdbi;

    public TicketCounts(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public List<Count> counts(Reach reach) {
        return jdbi.withHandle(handle -> {
            Query query = handle.createQuery("SELECT kind, state, category, severity, COUNT(*) AS tickets FROM ticket"
                    + " WHERE " + Reached.thing(reach, "grid", "unit")
                    + " GROUP BY kind, state, category, severity");
            Reached.bind(query, reach);
            return query.map((rs, context) -> new Count(
                            rs.getString("kind"),
                            rs.getString("state"),
                            rs.getString("category"),
                            rs.getString("severity"),
                            rs.getLong("tickets")))
                    .list();
        });
    }

    /** How many tickets each unit has that are not done; under the empty id those that nobody has. */
    public Map<String, Long> unfinishedByUnit(Reach reach) {
        return jdbi.withHandle(handle -> {
            Query query = handle.createQuery("""
                    SELECT unit, COUNT(*) AS tickets FROM ticket
                    WHERE category IN ('open', 'suspended') AND %s GROUP BY unit""".formatted(Reached.thing(reach, "grid", "unit")));
            Reached.bind(query, reach);
            return query.map((rs, context) -> Map.entry(rs.getString("unit"), rs.getLong("tickets"))).list().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        });
    }
}
