package io.fengsui.hub.store.rows;

import io.fengsui.hub.notify.Delivery;
import io.fengsui.hub.notify.DeliveryTable;
import io.fengsui.hub.notify.Notice;
import io.fengsui.hub.notify.SendReason;
import io.fengsui.hub.notify.send.DeliveryForm;
import io.fengsui.hub.store.WriterSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of the outbox, on the writer's connection. Writer's thread only. */
public final class DeliveryRows implements DeliveryTable {
    /**
     * Newest first; marks: contact, channel, epoch milliseconds, how many. Who looks ahead asks the same as who decides.
     */
    public static final String SINCE =
            "SELECT id, grouped, due_at FROM outbox WHERE contact = ? AND channel = ? AND due_at > ?"
                    + " ORDER BY due_at DESC, id DESC LIMIT ?";

    private final WriterSession session;

    public DeliveryRows(WriterSession session) {
        this.session = session;
    }

    @Override
    public @Nullable Delivery find(String id) {
        return Lookup.one(session, "SELECT * FROM outbox WHERE id = ?", DeliveryRows::delivery, id);
    }

    @Override
    public List<Sent> since(String contact, String channel, Instant since, int limit) {
        return Lookup.list(session, SINCE, DeliveryRows::sent, contact, channel, since.toEpochMilli(), limit)
                .reversed();
    }

    /** A row of {@link #SINCE}. */
    public static Sent sent(ResultSet rs) throws SQLException {
        return new Sent(rs.getString("id"), rs.getString("grouped"), Columns.instant(rs, "due_at"));
    }

    /** A row as it stands, also for those who only read. */
    public static Delivery delivery(ResultSet rs) throws SQLException {
        return new Delivery(
                rs.getString("id"),
                new Delivery.Address(rs.getString("contact"), rs.getString("channel"), rs.getString("grouped")),
                DeliveryForm.read(rs.getString("notices")),
                rs.getInt("omitted"),
                new Delivery.Plan(
                        Columns.instant(rs, "made_at"),
                        Columns.instant(rs, "due_at"),
                        Columns.constant(SendReason.class, rs.getString("reason"))),
                new Delivery.Run(
                        Columns.constant(Delivery.State.class, rs.getString("state")),
                        rs.getInt("tries"),
                        rs.getInt("rung"),
                        Columns.optionalInstant(rs, "next_at")));
    }

    @Override
    public void write(Collection<Delivery> deliveries) {
        RowBatch batch = RowBatch.upsert(session, "outbox", "id");
        for (Delivery delivery : deliveries) {
            batch.set("id", delivery.id())
                    .set("contact", delivery.address().contact())
                    .set("channel", delivery.address().channel())
                    .set("grouped", delivery.address().group())
                    .set("ticket_id", delivery.notices().getFirst().ticket())
                    .set("made_at", delivery.plan().made().toEpochMilli())
                    .set("due_at", delivery.plan().due().toEpochMilli())
                    .set("reason", Columns.label(delivery.plan().reason()))
                    .set("notices", DeliveryForm.write(delivery.notices()))
                    .set("omitted", delivery.omitted())
                    .set("state", Columns.label(delivery.run().state()))
                    .set("tries", delivery.run().tries())
                    .set("rung", delivery.run().rung())
                    .set("next_at", Columns.millis(delivery.run().next()))
                    .add();
        }
        batch.write();
        writeOthers(deliveries);
    }

    /** Of which tickets they tell besides the first; notices are only ever added. */
    private void writeOthers(Collection<Delivery> deliveries) {
        RowBatch batch = RowBatch.insertNew(session, "outbox_also", "ticket_id", "outbox_id");
        for (Delivery delivery : deliveries) {
            String first = delivery.notices().getFirst().ticket();
            delivery.notices().stream()
                    .map(Notice::ticket)
                    .filter(ticket -> !ticket.equals(first))
                    .distinct()
                    .forEach(ticket -> batch.set("ticket_id", ticket)
                            .set("outbox_id", delivery.id())
                            .add());
        }
        batch.write();
    }

    @Override
    public void log(Collection<Tried> tries) {
        RowBatch batch = RowBatch.upsert(session, "delivery_try", "outbox_id", "number");
        for (Tried tried : tries) {
            batch.set("outbox_id", tried.id())
                    .set("number", tried.number())
                    .set("at", tried.at().toEpochMilli())
                    .set("millis", tried.took().toMillis())
                    .set("outcome", Columns.label(tried.outcome()))
                    .set("detail", tried.detail())
                    .add();
        }
        batch.write();
    }
}
