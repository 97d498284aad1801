package io.fengsui.hub.store.sqlite;

import static io.fengsui.hub.store.sqlite.Columns.label;

import io.fengsui.hub.ticket.RecordedFact;
import io.fengsui.hub.ticket.Ticket;
import io.fengsui.hub.ticket.TicketTable;
import io.fengsui.hub.ticket.workflow.Category;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.SourceType;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Rows of tickets and their facts, on the writer's connection. Writer's thread only. */
public final class SqliteTickets implements TicketTable {
    private final Handle handle;

    public SqliteTickets(Handle writer) {
        this.handle = writer;
    }

    @Override
    public @Nullable Ticket find(String ticket) {
        return handle.createQuery("SELECT * FROM ticket WHERE id = :id")
                .bind("id", ticket)
                .map((rs, context) -> ticket(rs))
                .findOne()
                .orElse(null);
    }

    @Override
    public int lastNumber(String day) {
        return handle.createQuery("SELECT COALESCE(MAX(number), 0) FROM ticket WHERE id >= :from AND id < :to")
                .bind("from", day + "-")
                .bind("to", day + ".")
                .mapTo(Integer.class)
                .one();
    }

    private static Ticket ticket(ResultSet rs) throws SQLException {
        return new Ticket(
                new Ticket.Id(rs.getString("id"), rs.getInt("number"), rs.getString("incident_id")),
                new Ticket.Matter(
                        new EventKind(rs.getString("kind")),
                        new Name(rs.getString("title_zh"), rs.getString("title_en")),
                        Columns.constant(Severity.class, rs.getString("severity")),
                        rs.getString("dedup_key")),
                new Ticket.Where(
                        rs.getString("edge"),
                        rs.getString("site"),
                        Columns.place(rs),
                        new Source(
                                Columns.constant(SourceType.class, rs.getString("source_type")),
                                rs.getString("source_id"),
                                rs.getString("zone")),
                        new Name(rs.getString("source_name_zh"), rs.getString("source_name_en")),
                        new Name(rs.getString("zone_zh"), rs.getString("zone_en"))),
                new Ticket.Stand(
                        rs.getString("workflow"),
                        rs.getString("state"),
                        Columns.constant(Category.class, rs.getString("category")),
                        rs.getLong("version"),
                        Sha256.of(rs.getBytes("chain_hash"))),
                new Ticket.Times(
                        Columns.instant(rs, "occurred_at"),
                        Columns.instant(rs, "opened_at"),
                        Columns.instant(rs, "updated_at"),
                        Columns.optionalInstant(rs, "condition_cleared_at"),
                        Columns.optionalInstant(rs, "closed_at")),
                rs.getInt("event_count"),
                rs.getString("evidence_id"));
    }

    @Override
    public void write(Collection<Ticket> tickets) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT OR REPLACE INTO ticket (id, number, incident_id, kind, title_zh, title_en, severity, workflow,
                    state, category, site, place_zh, place_en, grid, longitude, latitude, source_type, source_id,
                    source_name_zh, source_name_en, zone, edge, dedup_key, condition_cleared_at, opened_at,
                    occurred_at, updated_at, closed_at, version, event_count, evidence_id, chain_hash, zone_zh,
                    zone_en)
                VALUES (:id, :number, :incident, :kind, :titleZh, :titleEn, :severity, :workflow, :state, :category,
                    :site, :placeZh, :placeEn, :grid, :longitude, :latitude, :sourceType, :sourceId, :sourceZh,
                    :sourceEn, :zone, :edge, :dedupKey, :cleared, :opened, :occurred, :updated, :closed, :version,
                    :events, :picture, :chain, :zoneZh, :zoneEn)""");
        for (Ticket ticket : tickets) {
            bindMatter(batch, ticket);
            bindWhere(batch, ticket.where());
            Ticket.Times times = ticket.times();
            batch.bind("cleared", Columns.millis(times.conditionCleared()))
                    .bind("opened", times.opened().toEpochMilli())
                    .bind("occurred", times.occurred().toEpochMilli())
                    .bind("updated", times.updated().toEpochMilli())
                    .bind("closed", Columns.millis(times.closed()))
                    .bind("events", ticket.events())
                    .bind("picture", ticket.picture())
                    .add();
        }
        SqliteLedger.execute(batch);
    }

    private static void bindMatter(PreparedBatch batch, Ticket ticket) {
        batch.bind("id", ticket.id().text())
                .bind("number", ticket.id().number())
                .bind("incident", ticket.id().incident())
                .bind("kind", ticket.matter().kind().value())
                .bind("titleZh", ticket.matter().title().zh())
                .bind("titleEn", ticket.matter().title().en())
                .bind("severity", label(ticket.matter().severity()))
                .bind("dedupKey", ticket.matter().dedupKey())
                .bind("workflow", ticket.stand().workflow())
                .bind("state", ticket.stand().state())
                .bind("category", label(ticket.stand().category()))
                .bind("version", ticket.stand().version())
                .bind("chain", Columns.bytes(ticket.stand().chain()));
    }

    private static void bindWhere(PreparedBatch batch, Ticket.Where where) {
        batch.bind("site", where.site())
                .bind("edge", where.edge())
                .bind("placeZh", where.place().name().zh())
                .bind("placeEn", where.place().name().en())
                .bind("grid", where.place().grid())
                .bind("longitude", Columns.longitude(where.place()))
                .bind("latitude", Columns.latitude(where.place()))
                .bind("sourceType", label(where.source().type()))
                .bind("sourceId", where.source().id())
                .bind("sourceZh", where.sourceName().zh())
                .bind("sourceEn", where.sourceName().en())
                .bind("zone", where.source().zone())
                .bind("zoneZh", where.zoneName().zh())
                .bind("zoneEn", where.zoneName().en());
    }

    @Override
    public void append(Collection<RecordedFact> facts) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO ticket_fact (ticket_id, version, at, actor, kind, from_state, to_state, note, detail,
                    payload_hash, chain_hash)
                VALUES (:ticket, :version, :at, :actor, :kind, :from, :to, :note, :detail, :payload, :chain)""");
        for (RecordedFact fact : facts) {
            batch.bind("ticket", fact.ticket())
                    .bind("version", fact.version())
                    .bind("at", fact.at().toEpochMilli())
                    .bind("actor", fact.actor())
                    .bind("kind", fact.form().kind())
                    .bind("from", fact.form().fromState())
                    .bind("to", fact.form().toState())
                    .bind("note", fact.form().note())
                    .bind("detail", fact.form().detail())
                    .bind("payload", Columns.bytes(fact.payloadHash()))
                    .bind("chain", Columns.bytes(fact.chainHash()))
                    .add();
        }
        SqliteLedger.execute(batch);
    }
}
