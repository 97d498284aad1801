package io.fengsui.hub.store.query;

import io.fengsui.hub.access.user.Reach;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** What is asked about events and their pictures. Reads committed rows only; blocks. Thread-safe. */
public final class EventQueries {
    private static final String COLUMNS = """
            SELECT e.*, i.ticket_id, COALESCE(t.grid, e.grid) AS seen_grid, COALESCE(t.unit, '') AS seen_unit
            FROM event e LEFT JOIN incident i ON i.id = e.incident_id LEFT JOIN ticket t ON t.id = i.ticket_id
            """;

    /** A row of the event table; {@code body} is the record body as the edge wrote it, times are corrected. */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared, never changed
    public record EventRow(
            String id,
            int revision,
            String edge,
            String incident,
            @Nullable String ticket,
            Times times,
            boolean isUnconfirmed,
            Seen seen,
            byte[] body) {
        public record Times(long occurredAt, long revisedAt, long receivedAt) {}

        /** By what rights on it are decided: grid and unit of its ticket; without one its own grid. */
        public record Seen(String grid, String unit) {}
    }

    /** A picture or clip, as far as the hub has it. */
    public record EvidenceRow(
            String id,
            String event,
            @Nullable String ticket,
            String mediaType,
            String state,
            File file,
            @Nullable Long takenAt,
            String lostReason) {
        /** Content: lower-case hex and bytes; empty and 0 until ready. */
        public record File(String sha256, long size) {}
    }

    /** Which events of those that somebody reaches; null lets all through. */
    public record Filter(
            Reach reach, @Nullable String kind, @Nullable String source) {}

    /** Where the page before ended. */
    public record After(long receivedAt, String id) {}

    private final Jdbi jdbi;

    public EventQueries(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Newest first by arrival; stable while events are added. */
    public List<EventRow> newest(Filter filter, @Nullable After after, int limit) {
        List<String> conditions = new ArrayList<>();
        conditions.add(seenBy(filter.reach()));
        if (filter.kind() != null) {
            conditions.add("e.kind = :kind");
        }
        if (filter.source() != null) {
            conditions.add("e.source_id = :source");
        }
        if (after != null) {
            conditions.add("(e.received_at < :receivedAt OR (e.received_at = :receivedAt AND e.event_id < :id))");
        }
        String where = " WHERE " + String.join(" AND ", conditions);
        return jdbi.withHandle(handle -> {
            Query query = handle.createQuery(
                            COLUMNS + where + " ORDER BY e.received_at DESC, e.event_id DESC LIMIT :limit")
                    .bind("limit", limit);
            Reached.bind(query, filter.reach());
            if (filter.kind() != null) {
                query.bind("kind", filter.kind());
            }
            if (filter.source() != null) {
                query.bind("source", filter.source());
            }
            if (after != null) {
                query.bind("receivedAt", after.receivedAt()).bind("id", after.id());
            }
            return query.map((rs, context) -> event(rs)).list();
        });
    }

    /** Empty also when there is such an event, and it is beyond that reach. */
    public Optional<EventRow> find(String id, Reach reach) {
        return jdbi.withHandle(handle -> {
            Query query = handle.createQuery(COLUMNS + " WHERE e.event_id = :id AND " + seenBy(reach))
                    .bind("id", id);
            Reached.bind(query, reach);
            return query.map((rs, context) -> event(rs)).findOne();
        });
    }

    /** Who sees the ticket that stands for its incident, or one that did when it was told. */
    private static String seenBy(Reach reach) {
        String now = Reached.thing(reach, "COALESCE(t.grid, e.grid)", "COALESCE(t.unit, '')");
        return reach.isEverywhere()
                ? now
                : "((" + now + ") OR EXISTS (SELECT 1 FROM ticket b WHERE b.incident_id = e.incident_id"
                        + " AND b.closed_at >= e.received_at AND " + Reached.thing(reach, "b.grid", "b.unit") + "))";
    }

    /** Those of these events that there are, in no order. */
    public List<EventRow> all(List<String> ids) {
        return ByIds.read(jdbi, COLUMNS + " WHERE e.event_id", ids, EventQueries::event);
    }

    /**
     * Of what a ticket tells.
     *
     * @param joined incidents that joined it, whether or not it stands for them still
     * @param earlier events that the ticket before told of
     */
    public record OfTicket(TicketQueries.TicketRow ticket, Set<String> joined, Set<String> earlier) {
        public OfTicket {
            joined = Set.copyOf(joined);
            earlier = Set.copyOf(earlier);
        }

        private List<String> incidents() {
            Set<String> all = new TreeSet<>(joined);
            all.add(ticket.incident());
            return List.copyOf(all);
        }
    }

    /**
     * The events of all incidents that a ticket stands for, newest first: the newest {@code limit}, the first, and the one
     * that the ticket's picture is of. Where another ticket stands for an incident now, those told before this one was done.
     */
    public List<EventRow> ofTicket(OfTicket of, int limit) {
        Long closed = of.ticket().times().closedAt();
        return jdbi.withHandle(handle -> handle.createQuery("""
                        WITH told AS (
                            SELECT n.event_id, n.received_at FROM incident ni JOIN event n ON n.incident_id = ni.id
                            WHERE ni.id IN (SELECT id FROM incident WHERE ticket_id = :ticket
                                            UNION SELECT id FROM incident WHERE id IN (<incidents>))
                            AND (ni.ticket_id = :ticket OR n.received_at <= :closed)
                            AND n.event_id NOT IN (<earlier>))
                        """ + COLUMNS + """
                        WHERE e.event_id IN (
                            SELECT event_id FROM (SELECT event_id FROM told
                                                  ORDER BY received_at DESC, event_id DESC LIMIT :limit) AS newest
                            UNION SELECT event_id FROM (SELECT event_id FROM told
                                                        ORDER BY received_at, event_id LIMIT 1) AS oldest
                            UNION SELECT p.event_id FROM ticket pt JOIN evidence p ON p.evidence_id = pt.evidence_id
                                WHERE pt.id = :ticket)
                        ORDER BY e.received_at DESC, e.event_id DESC""")
                .bind("ticket", of.ticket().id())
                .bindList("incidents", of.incidents())
                .bindList("earlier", of.earlier().isEmpty() ? List.of("") : List.copyOf(of.earlier()))
                .bind("closed", closed == null ? Long.MAX_VALUE : closed)
                .bind("limit", limit)
                .map((rs, context) -> event(rs))
                .list());
    }

    /** An event that is not over, as far as it is needed to ask its box about it. */
    public record OpenEvent(String id, String edge, String sourceType, String source) {}

    /** Open events of cameras and sensors that belong to a ticket, newest first; not those about boxes and devices themselves. */
    public List<OpenEvent> openOfTicket(String ticket, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT e.event_id, e.edge, e.source_type, e.source_id FROM event e
                        JOIN incident i ON i.id = e.incident_id
                        WHERE i.ticket_id = :ticket AND e.phase IN ('begun', 'updated')
                          AND e.source_type IN ('camera', 'sensor') AND e.kind NOT LIKE 'health.%'
                        ORDER BY e.received_at DESC, e.event_id DESC LIMIT :limit""")
                .bind("ticket", ticket)
                .bind("limit", limit)
                .map((rs, context) -> new OpenEvent(
                        rs.getString("event_id"),
                        rs.getString("edge"),
                        rs.getString("source_type"),
                        rs.getString("source_id")))
                .list());
    }

    public List<EvidenceRow> evidenceOf(String event) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT * FROM evidence WHERE event_id = :event ORDER BY taken_at, evidence_id LIMIT 16")
                .bind("event", event)
                .map((rs, context) -> evidence(rs))
                .list());
    }

    /** A picture is seen by whoever sees its event or its ticket. */
    public Optional<EvidenceRow> evidence(String id, Reach reach) {
        Optional<EvidenceRow> found =
                jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM evidence WHERE evidence_id = :id")
                        .bind("id", id)
                        .map((rs, context) -> evidence(rs))
                        .findOne());
        return found.filter(row ->
                reach.isEverywhere() || find(row.event(), reach).isPresent() || isTicketSeen(row.ticket(), reach));
    }

    private boolean isTicketSeen(@Nullable String ticket, Reach reach) {
        return ticket != null
                && jdbi.withHandle(handle -> {
                    Query query = handle.createQuery("SELECT 1 FROM ticket t WHERE t.id = :ticket AND "
                                    + Reached.thing(reach, "t.grid", "t.unit"))
                            .bind("ticket", ticket);
                    Reached.bind(query, reach);
                    return query.mapTo(Integer.class).findOne().isPresent();
                });
    }

    private static EventRow event(ResultSet rs) throws SQLException {
        return new EventRow(
                rs.getString("event_id"),
                rs.getInt("revision"),
                rs.getString("edge"),
                rs.getString("incident_id"),
                rs.getString("ticket_id"),
                new EventRow.Times(rs.getLong("occurred_at"), rs.getLong("revised_at"), rs.getLong("received_at")),
                rs.getBoolean("is_unconfirmed"),
                new EventRow.Seen(rs.getString("seen_grid"), rs.getString("seen_unit")),
                rs.getBytes("body"));
    }

    private static EvidenceRow evidence(ResultSet rs) throws SQLException {
        return new EvidenceRow(
                rs.getString("evidence_id"),
                rs.getString("event_id"),
                rs.getString("ticket_id"),
                rs.getString("media_type"),
                rs.getString("state"),
                new EvidenceRow.File(rs.getString("sha256"), rs.getLong("size")),
                TicketQueries.optionalLong(rs, "taken_at"),
                rs.getString("lost_reason"));
    }
}
