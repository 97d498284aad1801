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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the outbox, on the writer's connection. What is held back grows by a few notices with each transaction: of the largest
 * messages it is kept how much of them is written, so that a transaction costs what it adds. Writer's thread only.
 */
public final class DeliveryRows implements DeliveryTable {
    /** With more notices than this it is a large one. */
    private static final int SMALL = 4;

    private static final int MOST_KEPT = 128;
    /** Of all together: those of other scripts than Latin take two bytes each. */
    private static final int MOST_CHARACTERS = 8 << 20;

    /** What the rows of a large message say. */
    private record Written(List<Notice> notices, String json) {
        /** Whether these are the same notices and none or more behind them. */
        boolean isBeginningOf(List<Notice> longer) {
            if (longer.size() < notices.size()) {
                return false;
            }
            for (int i = 0; i < notices.size(); i++) {
                if (!longer.get(i).equals(notices.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Newest first; marks: contact, channel, epoch milliseconds, how many. Who looks ahead asks the same as who decides.
     */
    public static final String SINCE =
            "SELECT id, grouped, due_at FROM outbox WHERE contact = ? AND channel = ? AND due_at > ?"
                    + " ORDER BY due_at DESC, id DESC LIMIT ?";

    private final WriterSession session;
    /** The one that was written longest ago first. */
    private final Map<String, Written> large = new LinkedHashMap<>();

    private long characters;
    private long discards;

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
        if (discards != session.discards()) {
            discards = session.discards();
            large.clear();
            characters = 0;
        }
        RowBatch batch = RowBatch.upsert(session, "outbox", "id");
        RowBatch also = RowBatch.insertNew(session, "outbox_also", "ticket_id", "outbox_id");
        for (Delivery delivery : deliveries) {
            List<Notice> notices = delivery.notices();
            Written before = forget(delivery.id());
            if (before != null && !before.isBeginningOf(notices)) {
                before = null;
            }
            String json = json(notices, before);
            addOthers(also, delivery, before == null ? 0 : before.notices.size());
            if (notices.size() > SMALL && delivery.run().state() == Delivery.State.WAITING) {
                keep(delivery.id(), new Written(notices, json));
            }
            batch.set("id", delivery.id())
                    .set("contact", delivery.address().contact())
                    .set("channel", delivery.address().channel())
                    .set("grouped", delivery.address().group())
                    .set("ticket_id", delivery.notices().getFirst().ticket())
                    .set("made_at", delivery.plan().made().toEpochMilli())
                    .set("due_at", delivery.plan().due().toEpochMilli())
                    .set("reason", Columns.label(delivery.plan().reason()))
                    .set("notices", json)
                    .set("omitted", delivery.omitted())
                    .set("state", Columns.label(delivery.run().state()))
                    .set("tries", delivery.run().tries())
                    .set("rung", delivery.run().rung())
                    .set("next_at", Columns.millis(delivery.run().next()))
                    .add();
        }
        batch.write();
        also.write();
    }

    private void keep(String id, Written written) {
        large.put(id, written);
        characters += written.json.length();
        while (large.size() > MOST_KEPT || characters > MOST_CHARACTERS) {
            forget(large.keySet().iterator().next());
        }
    }

    private @Nullable Written forget(String id) {
        Written old = large.remove(id);
        if (old != null) {
            characters -= old.json.length();
        }
        return old;
    }

    /** Characters of messages that are kept. */
    long kept() {
        return characters;
    }

    private static String json(List<Notice> notices, @Nullable Written before) {
        if (before == null) {
            return DeliveryForm.write(notices);
        }
        int known = before.notices.size();
        if (notices.size() == known) {
            return before.json;
        }
        return before.json.substring(0, before.json.length() - 1) + ","
                + DeliveryForm.write(notices.subList(known, notices.size())).substring(1);
    }

    /** Of which tickets it tells besides the first. */
    private static void addOthers(RowBatch batch, Delivery delivery, int known) {
        String first = delivery.notices().getFirst().ticket();
        delivery.notices().stream()
                .skip(known)
                .map(Notice::ticket)
                .filter(ticket -> !ticket.equals(first))
                .distinct()
                .forEach(ticket -> batch.set("ticket_id", ticket)
                        .set("outbox_id", delivery.id())
                        .add());
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
