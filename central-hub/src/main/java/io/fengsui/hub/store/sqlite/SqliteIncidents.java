package io.fengsui.hub.store.sqlite;

import io.fengsui.hub.correlate.Incident;
import io.fengsui.hub.correlate.IncidentTable;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Rows of incidents, on the writer's connection. Writer's thread only. */
public final class SqliteIncidents implements IncidentTable {
    private final Handle handle;

    public SqliteIncidents(Handle writer) {
        this.handle = writer;
    }

    @Override
    public @Nullable Incident find(String incident) {
        return handle.createQuery("SELECT * FROM incident WHERE id = :id")
                .bind("id", incident)
                .map((rs, context) -> incident(rs))
                .findOne()
                .orElse(null);
    }

    @Override
    public List<String> newest(String edge, String dedupKey, int limit) {
        return handle.createQuery("""
                        SELECT id FROM incident WHERE edge = :edge AND dedup_key = :key
                        ORDER BY opened_at DESC, id DESC LIMIT :limit""")
                .bind("edge", edge)
                .bind("key", dedupKey)
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
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
        PreparedBatch batch = handle.prepareBatch("""
                INSERT OR REPLACE INTO incident (id, edge, site, dedup_key, kind, severity, opened_at, last_event_at,
                    ended_at, ticket_id, event_count, open_events)
                VALUES (:id, :edge, :site, :key, :kind, :severity, :opened, :last, :ended, :ticket, :events, :open)""");
        for (Incident incident : incidents) {
            batch.bind("id", incident.id())
                    .bind("edge", incident.key().edge())
                    .bind("site", incident.key().site())
                    .bind("key", incident.key().dedupKey())
                    .bind("kind", incident.kind().value())
                    .bind("severity", Columns.label(incident.severity()))
                    .bind("opened", incident.span().opened().toEpochMilli())
                    .bind("last", incident.span().lastEvent().toEpochMilli())
                    .bind("ended", Columns.millis(incident.span().ended()))
                    .bind("ticket", incident.ticket())
                    .bind("events", incident.events().all())
                    .bind("open", incident.events().open())
                    .add();
        }
        SqliteLedger.execute(batch);
    }
}
