package io.fengsui.hub.store.rows;

import static io.fengsui.hub.store.rows.Columns.label;

import io.fengsui.hub.store.WriterSession;
import io.fengsui.hub.ticket.Care;
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
import io.fengsui.rules.calendar.Limit;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of tickets and their facts, on the writer's connection. Writer's thread only. */
public final class TicketRows implements TicketTable {
    private final WriterSession session;

    public TicketRows(WriterSession session) {
        this.session = session;
    }

    @Override
    public @Nullable Ticket find(String ticket) {
        return Lookup.one(session, "SELECT * FROM ticket WHERE id = ?", TicketRows::ticket, ticket);
    }

    @Override
    public List<Ticket> unfinished(@Nullable Ticket after, int limit) {
        return Lookup.list(
                session,
                """
                SELECT * FROM ticket WHERE category IN ('open', 'suspended') AND (unit, opened_at, id) > (?, ?, ?)
                ORDER BY unit, opened_at, id LIMIT ?""",
                TicketRows::ticket,
                after == null ? "" : after.care().unit(),
                after == null ? -1L : after.times().opened().toEpochMilli(),
                after == null ? "" : after.id().text(),
                limit);
    }

    @Override
    public int lastNumber(String day) {
        return session.handle()
                .createQuery("SELECT COALESCE(MAX(number), 0) FROM ticket WHERE id >= :from AND id < :to")
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
                care(rs),
                new Ticket.Sum(rs.getInt("event_count"), rs.getString("evidence_id"), rs.getString("verdict")));
    }

    private static Care care(ResultSet rs) throws SQLException {
        return new Care(
                rs.getString("unit"),
                rs.getString("resume_to"),
                rs.getString("last_actor"),
                rs.getInt("supervised") != 0,
                new Care.Waits(
                        Limit.parse(rs.getString("extension_asked")).orElse(null),
                        Columns.optionalInstant(rs, "suspended_until")),
                new Care.Counts(rs.getInt("reworks"), rs.getInt("send_backs"), rs.getInt("extensions")));
    }

    @Override
    public void write(Collection<Ticket> tickets) {
        RowBatch batch = RowBatch.upsert(session, "ticket", "id");
        for (Ticket ticket : tickets) {
            bindMatter(batch, ticket);
            bindWhere(batch, ticket.where());
            bindCare(batch, ticket.care());
            Ticket.Times times = ticket.times();
            batch.set("condition_cleared_at", Columns.millis(times.conditionCleared()))
                    .set("opened_at", times.opened().toEpochMilli())
                    .set("occurred_at", times.occurred().toEpochMilli())
                    .set("updated_at", times.updated().toEpochMilli())
                    .set("closed_at", Columns.millis(times.closed()))
                    .set("event_count", ticket.sum().events())
                    .set("evidence_id", ticket.picture())
                    .set("verdict", ticket.sum().verdict())
                    .add();
        }
        batch.write();
    }

    private static void bindMatter(RowBatch batch, Ticket ticket) {
        batch.set("id", ticket.id().text())
                .set("number", ticket.id().number())
                .set("incident_id", ticket.id().incident())
                .set("kind", ticket.matter().kind().value())
                .set("title_zh", ticket.matter().title().zh())
                .set("title_en", ticket.matter().title().en())
                .set("severity", label(ticket.matter().severity()))
                .set("dedup_key", ticket.matter().dedupKey())
                .set("workflow", ticket.stand().workflow())
                .set("state", ticket.stand().state())
                .set("category", label(ticket.stand().category()))
                .set("version", ticket.stand().version())
                .set("chain_hash", Columns.bytes(ticket.stand().chain()));
    }

    private static void bindCare(RowBatch batch, Care care) {
        Limit asked = care.waits().extension();
        batch.set("unit", care.unit())
                .set("resume_to", care.resumeTo())
                .set("last_actor", care.lastActor())
                .set("supervised", care.isSupervised() ? 1 : 0)
                .set("extension_asked", asked == null ? "" : asked.toString())
                .set("suspended_until", Columns.millis(care.waits().until()))
                .set("reworks", care.counts().reworks())
                .set("send_backs", care.counts().sendBacks())
                .set("extensions", care.counts().extensions());
    }

    private static void bindWhere(RowBatch batch, Ticket.Where where) {
        batch.set("site", where.site())
                .set("edge", where.edge())
                .set("place_zh", where.place().name().zh())
                .set("place_en", where.place().name().en())
                .set("grid", where.place().grid())
                .set("longitude", Columns.longitude(where.place()))
                .set("latitude", Columns.latitude(where.place()))
                .set("source_type", label(where.source().type()))
                .set("source_id", where.source().id())
                .set("source_name_zh", where.sourceName().zh())
                .set("source_name_en", where.sourceName().en())
                .set("zone", where.source().zone())
                .set("zone_zh", where.zoneName().zh())
                .set("zone_en", where.zoneName().en());
    }

    @Override
    public void append(Collection<RecordedFact> facts) {
        RowBatch batch = RowBatch.insert(session, "ticket_fact");
        for (RecordedFact fact : facts) {
            batch.set("ticket_id", fact.ticket())
                    .set("version", fact.version())
                    .set("at", fact.at().toEpochMilli())
                    .set("actor", fact.actor())
                    .set("kind", fact.form().kind())
                    .set("from_state", fact.form().fromState())
                    .set("to_state", fact.form().toState())
                    .set("note", fact.form().note())
                    .set("detail", fact.form().detail())
                    .set("payload_hash", Columns.bytes(fact.payloadHash()))
                    .set("chain_hash", Columns.bytes(fact.chainHash()))
                    .add();
        }
        batch.write();
    }
}
