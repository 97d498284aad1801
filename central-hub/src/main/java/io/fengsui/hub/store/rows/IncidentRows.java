package io.fengsui.hub.store.rows;

import io.fengsui.hub.correlate.Incident;
import io.fengsui.hub.correlate.IncidentTable;
import io.fengsui.hub.store.WriterSession;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of incidents, on the writer's connection. Where which ticket stands for one is another writer's to say, what it said
 * stays, and rows are locked in the order of their ids. Writer's thread only.
 */
public final class IncidentRows implements IncidentTable {
    private final WriterSession session;

    private final boolean isHandingOver;

    /** @param isHandingOver whether the tickets are another writer's */
    public IncidentRows(WriterSession session, boolean isHandingOver) {
        this.session = session;
        this.isHandingOver = isHandingOver;
    }

    @Override
    public @Nullable Incident find(String incident) {
        return Lookup.one(session, "SELECT * FROM incident WHERE id = ?", this::incident, incident);
    }

    @Override
    public List<String> newest(String edge, String dedupKey, int limit) {
        return Lookup.list(
                session,
                "SELECT id FROM incident WHERE edge = ? AND dedup_key = ? ORDER BY opened_at DESC, id DESC LIMIT ?",
                row -> row.getString(1),
                edge,
                dedupKey,
                limit);
    }

    private Incident incident(ResultSet rs) throws SQLException {
        String ticket = rs.getString("ticket_id");
        boolean isElsewhere = ticket == null && isHandingOver && rs.getInt("is_handed") == 1;
        return new Incident(
                rs.getString("id"),
                new Incident.Key(rs.getString("edge"), rs.getString("site"), rs.getString("dedup_key")),
                new EventKind(rs.getString("kind")),
                Columns.constant(Severity.class, rs.getString("severity")),
                new Incident.Span(
                        Columns.instant(rs, "opened_at"),
                        Columns.instant(rs, "last_event_at"),
                        Columns.optionalInstant(rs, "ended_at")),
                new Incident.Count(rs.getInt("event_count"), rs.getInt("open_events")),
                isElsewhere ? Incident.ELSEWHERE : ticket);
    }

    @Override
    public void write(Collection<Incident> incidents) {
        RowBatch batch = RowBatch.upsert(session, "incident", "id");
        if (isHandingOver) {
            batch.keeping("ticket_id");
        }
        for (Incident incident : isHandingOver ? ordered(incidents) : incidents) {
            boolean isElsewhere = Incident.ELSEWHERE.equals(incident.ticket());
            batch.set("id", incident.id())
                    .set("edge", incident.key().edge())
                    .set("site", incident.key().site())
                    .set("dedup_key", incident.key().dedupKey())
                    .set("kind", incident.kind().value())
                    .set("severity", Columns.label(incident.severity()))
                    .set("opened_at", incident.span().opened().toEpochMilli())
                    .set("last_event_at", incident.span().lastEvent().toEpochMilli())
                    .set("ended_at", Columns.millis(incident.span().ended()))
                    .set("ticket_id", isElsewhere ? null : incident.ticket())
                    .set("event_count", incident.events().all())
                    .set("open_events", incident.events().open());
            if (isHandingOver) {
                batch.set("is_handed", incident.ticket() == null ? 0 : 1);
            }
            batch.add();
        }
        batch.write();
    }

    private static List<Incident> ordered(Collection<Incident> incidents) {
        return incidents.stream().sorted(Comparator.comparing(Incident::id)).toList();
    }
}
