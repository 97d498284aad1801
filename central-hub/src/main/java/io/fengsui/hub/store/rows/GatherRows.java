package io.fengsui.hub.store.rows;

import io.fengsui.hub.correlate.Incident;
import io.fengsui.hub.correlate.gather.GatherReason;
import io.fengsui.hub.correlate.gather.GatherTable;
import io.fengsui.hub.correlate.gather.Gathered;
import io.fengsui.hub.store.WriterSession;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Place;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of gathered incidents, on the writer's connection. Writer's thread only. */
public final class GatherRows implements GatherTable {
    private final WriterSession session;

    public GatherRows(WriterSession session) {
        this.session = session;
    }

    @Override
    public @Nullable Gathered find(String incident) {
        return Lookup.one(session, "SELECT * FROM gathered WHERE incident_id = ?", GatherRows::gathered, incident);
    }

    @Override
    public List<Gathered> recent(Instant since, boolean isStorm, int limit) {
        return Lookup.list(
                        session,
                        "SELECT * FROM gathered WHERE (last_at > ? OR is_open = 1 OR held_until IS NOT NULL)"
                                + " AND reason " + (isStorm ? "=" : "<>") + " ?"
                                + " ORDER BY opened_at DESC, incident_id DESC LIMIT ?",
                        GatherRows::gathered,
                        since.toEpochMilli(),
                        Columns.label(GatherReason.STORM),
                        limit)
                .reversed();
    }

    @Override
    public List<String> held(Instant now, int limit) {
        return Lookup.list(
                session,
                "SELECT incident_id FROM gathered WHERE held_until IS NOT NULL AND held_until <= ?"
                        + " ORDER BY held_until, incident_id LIMIT ?",
                row -> row.getString(1),
                now.toEpochMilli(),
                limit);
    }

    @Override
    public boolean isHolding() {
        return Lookup.one(session, "SELECT 1 FROM gathered WHERE held_until IS NOT NULL LIMIT 1", row -> row.getInt(1))
                != null;
    }

    @Override
    public void release(GatherReason reason, Instant now) {
        session.handle()
                .execute(
                        "UPDATE gathered SET held_until = ? WHERE held_until > ? AND reason = ?",
                        now.toEpochMilli(),
                        now.toEpochMilli(),
                        Columns.label(reason));
    }

    @Override
    public void lose() {
        session.handle()
                .execute("UPDATE gathered SET is_open = 0, severity = NULL"
                        + " WHERE held_until IS NULL AND (is_open = 1 OR severity IS NOT NULL)");
    }

    @Override
    public boolean hasOtherOpen(String ticket, String incident) {
        return Lookup.one(
                        session,
                        "SELECT 1 FROM gathered WHERE ticket_id = ? AND is_open = 1 AND incident_id <> ? LIMIT 1",
                        row -> row.getInt(1),
                        ticket,
                        incident)
                != null;
    }

    private static Gathered gathered(ResultSet rs) throws SQLException {
        double longitude = rs.getDouble("longitude");
        Place.@Nullable Position position =
                rs.wasNull() ? null : new Place.Position(longitude, rs.getDouble("latitude"));
        return new Gathered(
                rs.getString("incident_id"),
                new Incident.Key(rs.getString("edge"), rs.getString("site"), rs.getString("dedup_key")),
                new EventKind(rs.getString("kind")),
                new Gathered.At(rs.getString("source_id"), rs.getString("grid"), position),
                new Gathered.Span(
                        Columns.instant(rs, "opened_at"), Columns.instant(rs, "last_at"), rs.getInt("is_open") != 0),
                rs.getString("event_id"),
                rs.getString("ticket_id"),
                Columns.constant(GatherReason.class, rs.getString("reason")),
                Columns.optionalInstant(rs, "held_until"),
                severity(rs.getString("severity")));
    }

    private static @Nullable Severity severity(@Nullable String label) {
        return label == null ? null : Columns.constant(Severity.class, label);
    }

    @Override
    public void write(Collection<Gathered> gathered) {
        RowBatch batch = RowBatch.upsert(session, "gathered", "incident_id");
        for (Gathered one : gathered) {
            Place.Position position = one.at().position();
            Severity severity = one.severity();
            batch.set("incident_id", one.incident())
                    .set("edge", one.key().edge())
                    .set("site", one.key().site())
                    .set("dedup_key", one.key().dedupKey())
                    .set("kind", one.kind().value())
                    .set("source_id", one.at().source())
                    .set("grid", one.at().grid())
                    .set("longitude", position == null ? null : Double.valueOf(position.longitude()))
                    .set("latitude", position == null ? null : Double.valueOf(position.latitude()))
                    .set("opened_at", one.span().opened().toEpochMilli())
                    .set("last_at", one.span().last().toEpochMilli())
                    .set("is_open", one.span().isOpen() ? 1 : 0)
                    .set("event_id", one.event())
                    .set("ticket_id", one.ticket())
                    .set("reason", Columns.label(one.reason()))
                    .set("held_until", Columns.millis(one.held()))
                    .set("severity", severity == null ? null : Columns.label(severity))
                    .add();
        }
        batch.write();
    }
}
