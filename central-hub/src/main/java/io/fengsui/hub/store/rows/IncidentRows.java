package io.fengsui.hub.store.rows;

import io.fengsui.hub.correlate.Incident;
import io.fengsui.hub.correlate.IncidentTable;
import io.fengsui.hub.store.WriterSession;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of incidents, on the writer's connection. Writer's thread only. */
public final class IncidentRows implements IncidentTable {
    private final WriterSession session;

    public IncidentRows(WriterSession session) {
        this.session = session;
    }

    @Override
    public @Nullable Incident find(String incident) {
        return Lookup.one(session, "SELECT * FROM incident WHERE id = ?", IncidentRows::incident, incident);
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

    private static Incident incident(ResultSet rs) throws SQLException {
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
                rs.getString("ticket_id"));
    }

    @Override
    public void write(Collection<Incident> incidents) {
        RowBatch batch = RowBatch.upsert(session, "incident", "id");
        for (Incident incident : incidents) {
            batch.set("id", incident.id())
                    .set("edge", incident.key().edge())
                    .set("site", incident.key().site())
                    .set("dedup_key", incident.key().dedupKey())
                    .set("kind", incident.kind().value())
                    .set("severity", Columns.label(incident.severity()))
                    .set("opened_at", incident.span().opened().toEpochMilli())
                    .set("last_event_at", incident.span().lastEvent().toEpochMilli())
                    .set("ended_at", Columns.millis(incident.span().ended()))
                    .set("ticket_id", incident.ticket())
                    .set("event_count", incident.events().all())
                    .set("open_events", incident.events().open())
                    .add();
        }
        batch.write();
    }
}
