package io.fengsui.hub.store.sqlite;

import static io.fengsui.hub.store.sqlite.Columns.label;

import io.fengsui.hub.correlate.EventState;
import io.fengsui.hub.correlate.EventTable;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.wire.MalformedMessageException;
import io.fengsui.protocol.wire.WireRecords;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Rows of events, on the writer's connection. Writer's thread only. */
public final class SqliteEvents implements EventTable {
    private final Handle handle;

    public SqliteEvents(Handle writer) {
        this.handle = writer;
    }

    @Override
    public @Nullable EventState find(String event) {
        return handle.createQuery("SELECT * FROM event WHERE event_id = :id")
                .bind("id", event)
                .map((rs, context) -> state(rs))
                .findOne()
                .orElse(null);
    }

    @Override
    public List<String> open(String edge) {
        return handle.createQuery("""
                        SELECT event_id FROM event WHERE edge = :edge AND phase IN ('begun', 'updated')
                        ORDER BY event_id""").bind("edge", edge).mapTo(String.class).list();
    }

    @Override
    public List<String> edgesWithOpenEvents() {
        return handle.createQuery("SELECT DISTINCT edge FROM event WHERE phase IN ('begun', 'updated') ORDER BY edge")
                .mapTo(String.class)
                .list();
    }

    private static EventState state(ResultSet rs) throws SQLException {
        byte[] body = rs.getBytes("body");
        try {
            if (!(WireRecords.decode(body) instanceof Event event)) {
                throw new IllegalStateException("the row of event " + rs.getString("event_id") + " holds no event");
            }
            return new EventState(
                    event,
                    new EventState.Times(
                            Columns.instant(rs, "occurred_at"),
                            Columns.instant(rs, "revised_at"),
                            Columns.instant(rs, "received_at")),
                    rs.getString("incident_id"),
                    rs.getBoolean("is_unconfirmed"),
                    body);
        } catch (MalformedMessageException e) {
            throw new IllegalStateException("the row of event " + rs.getString("event_id") + " is damaged", e);
        }
    }

    @Override
    public void write(Collection<EventState> events) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT OR REPLACE INTO event (event_id, revision, phase, kind, severity, lane, edge, site, source_type,
                    source_id, zone, subject, dedup_key, occurred_at, revised_at, received_at, incident_id,
                    is_replayed, is_volatile, is_unconfirmed, body)
                VALUES (:id, :revision, :phase, :kind, :severity, :lane, :edge, :site, :sourceType, :sourceId, :zone,
                    :subject, :dedupKey, :occurred, :revised, :received, :incident, :replayed, :volatile,
                    :unconfirmed, :body)""");
        for (EventState state : events) {
            Event event = state.event();
            Event.Origin origin = event.origin();
            batch.bind("id", state.id())
                    .bind("revision", event.revision())
                    .bind("phase", label(event.phase()))
                    .bind("kind", event.kind().value())
                    .bind("severity", label(event.severity()))
                    .bind("lane", label(event.lane()))
                    .bind("edge", origin.edge())
                    .bind("site", origin.site())
                    .bind("sourceType", label(origin.source().type()))
                    .bind("sourceId", origin.source().id())
                    .bind("zone", origin.source().zone())
                    .bind("subject", origin.subject())
                    .bind("dedupKey", event.dedupKey())
                    .bind("occurred", state.times().occurred().toEpochMilli())
                    .bind("revised", state.times().revised().toEpochMilli())
                    .bind("received", state.times().received().toEpochMilli())
                    .bind("incident", state.incident())
                    .bind("replayed", event.marks().isReplayed() ? 1 : 0)
                    .bind("volatile", event.marks().isVolatile() ? 1 : 0)
                    .bind("unconfirmed", state.isUnconfirmed() ? 1 : 0)
                    .bind("body", state.body())
                    .add();
        }
        SqliteLedger.execute(batch);
    }
}
