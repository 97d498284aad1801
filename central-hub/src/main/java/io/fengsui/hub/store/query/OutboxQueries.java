package io.fengsui.hub.store.query;

import io.fengsui.hub.notify.Delivery;
import io.fengsui.hub.notify.DeliveryTable;
import io.fengsui.hub.notify.send.Outbox;
import io.fengsui.hub.store.rows.DeliveryRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** What is asked of the outbox and the log of deliveries. Reads committed rows only; blocks. Thread-safe. */
public final class OutboxQueries implements Outbox {
    /** One try; times are epoch milliseconds. */
    public record TryRow(int number, long at, long millis, String outcome, String detail) {}

    /** Which messages; null lets all through. Of a ticket: those that tell of it, be it among others. */
    public record Filter(
            @Nullable String state,
            @Nullable String channel,
            @Nullable String ticket) {}

    /** Where the page before ended. */
    public record After(long madeAt, String id) {}

    /** Messages that tell of a ticket: as the first of their notices, or besides. */
    public static final String OF_TICKET = "id IN (SELECT id FROM outbox WHERE ticket_id = :ticket"
            + " UNION SELECT outbox_id FROM outbox_also WHERE ticket_id = :ticket)";

    /** Found in the order of its index, however many wait for other channels. */
    static final String DUE = """
            SELECT * FROM outbox WHERE channel = :channel AND next_at IS NOT NULL AND next_at <= :now
            ORDER BY next_at, id LIMIT :limit""";

    /** Channels for which anything waits: one step in the index of each, and not one of each message. */
    static final String WAITED_FOR = """
            WITH RECURSIVE waited (channel) AS (
                SELECT (SELECT channel FROM outbox WHERE next_at IS NOT NULL ORDER BY channel LIMIT 1)
                UNION ALL
                SELECT (SELECT channel FROM outbox WHERE next_at IS NOT NULL AND channel > waited.channel
                    ORDER BY channel LIMIT 1)
                FROM waited WHERE waited.channel IS NOT NULL)
            SELECT channel FROM waited WHERE channel IS NOT NULL""";

    /** The state where few rows are left: its index, which SQLite would take, has far more of one state. */
    private static final String BY_THE_WAY = "state || ''";

    /** The character after the slash in the order of ids. */
    private static final String AFTER_SLASH = "0";

    private final Jdbi jdbi;

    public OutboxQueries(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public List<Delivery> due(String channel, Instant now, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(DUE)
                .bind("now", now.toEpochMilli())
                .bind("channel", channel)
                .bind("limit", limit)
                .map((rs, context) -> DeliveryRows.delivery(rs))
                .list());
    }

    @Override
    public List<Delivery> dueElsewhere(Collection<String> channels, Instant now, int limit) {
        List<Delivery> found = new ArrayList<>();
        for (String channel : waitedFor()) {
            if (!channels.contains(channel) && found.size() < limit) {
                found.addAll(due(channel, now, limit - found.size()));
            }
        }
        return found;
    }

    private List<String> waitedFor() {
        return jdbi.withHandle(
                handle -> handle.createQuery(WAITED_FOR).mapTo(String.class).list());
    }

    /** Newest first. */
    public List<Delivery> newest(Filter filter, @Nullable After after, int limit) {
        List<String> conditions = new ArrayList<>();
        if (filter.state() != null) {
            conditions.add((filter.ticket() == null ? "state" : BY_THE_WAY) + " = :state");
        }
        if (filter.channel() != null) {
            conditions.add("channel = :channel");
        }
        if (filter.ticket() != null) {
            conditions.add(OF_TICKET);
        }
        if (after != null) {
            conditions.add("(made_at < :madeAt OR (made_at = :madeAt AND id < :id))");
        }
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        return jdbi.withHandle(handle -> {
            Query query = handle.createQuery(
                            "SELECT * FROM outbox" + where + " ORDER BY made_at DESC, id DESC LIMIT :limit")
                    .bind("limit", limit);
            if (filter.state() != null) {
                query.bind("state", filter.state());
            }
            if (filter.channel() != null) {
                query.bind("channel", filter.channel());
            }
            if (filter.ticket() != null) {
                query.bind("ticket", filter.ticket());
            }
            if (after != null) {
                query.bind("madeAt", after.madeAt()).bind("id", after.id());
            }
            return query.map((rs, context) -> DeliveryRows.delivery(rs)).list();
        });
    }

    public Optional<Delivery> find(String id) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM outbox WHERE id = :id")
                .bind("id", id)
                .map((rs, context) -> DeliveryRows.delivery(rs))
                .findOne());
    }

    /** The log of one message, oldest first. */
    public List<TryRow> tries(String id, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT * FROM delivery_try WHERE outbox_id = :id ORDER BY number LIMIT :limit")
                .bind("id", id)
                .bind("limit", limit)
                .map((rs, context) -> tried(rs))
                .list());
    }

    /** The last try of each of these messages, by its id; of those that have none, nothing. */
    public Map<String, TryRow> lastTries(Collection<String> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return jdbi.withHandle(handle -> handle
                .createQuery("""
                        SELECT * FROM delivery_try tried WHERE outbox_id IN (<ids>) AND number =
                        (SELECT MAX(number) FROM delivery_try WHERE outbox_id = tried.outbox_id)""")
                .bindList("ids", List.copyOf(ids))
                .map((rs, context) -> Map.entry(rs.getString("outbox_id"), tried(rs)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static TryRow tried(ResultSet rs) throws SQLException {
        return new TryRow(
                rs.getInt("number"),
                rs.getLong("at"),
                rs.getLong("millis"),
                rs.getString("outcome"),
                rs.getString("detail"));
    }

    /** How many messages there are in each state. */
    public Map<String, Long> counts() {
        return jdbi.withHandle(handle -> handle
                .createQuery("SELECT state, COUNT(*) AS messages FROM outbox GROUP BY state")
                .map((rs, context) -> Map.entry(rs.getString("state"), rs.getLong("messages")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** Something that falls due for a ticket: a deadline, a step of its ladder, a repeat. */
    public record Alarm(String kind, String subject, Instant due) {}

    /** How many steps of which ladder a ticket has behind it. */
    public record Rung(String ladder, int run) {}

    /** Messages that wait and tell of a ticket, those that go first before. */
    public List<Delivery> waitingFor(String ticket, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM outbox WHERE " + BY_THE_WAY
                        + " = 'waiting' AND " + OF_TICKET + " ORDER BY next_at, id LIMIT :limit")
                .bind("ticket", ticket)
                .bind("limit", limit)
                .map((rs, context) -> DeliveryRows.delivery(rs))
                .list());
    }

    /** What was and will be told along a line since then, newest last: as much as the writer goes by. */
    public List<DeliveryTable.Sent> since(String contact, String channel, Instant since) {
        return jdbi.withHandle(handle -> handle.createQuery(DeliveryRows.SINCE)
                        .bind(0, contact)
                        .bind(1, channel)
                        .bind(2, since.toEpochMilli())
                        .bind(3, DeliveryTable.MOST_SENT)
                        .map((rs, context) -> DeliveryRows.sent(rs))
                        .list())
                .reversed();
    }

    /** In the order in which they fall due. */
    public List<Alarm> alarms(String ticket, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT kind, subject, due_at FROM timer WHERE id = :ladder
                        OR (id >= :deadlines AND id < :deadlinesEnd) OR (id >= :repeats AND id < :repeatsEnd)
                        ORDER BY due_at, id LIMIT :limit""")
                .bind("ladder", "ladder/" + ticket)
                .bind("deadlines", "deadline/" + ticket + "/")
                .bind("deadlinesEnd", "deadline/" + ticket + AFTER_SLASH)
                .bind("repeats", "repeat/" + ticket + "/")
                .bind("repeatsEnd", "repeat/" + ticket + AFTER_SLASH)
                .bind("limit", limit)
                .map((rs, context) -> new Alarm(
                        rs.getString("kind"), rs.getString("subject"), Instant.ofEpochMilli(rs.getLong("due_at"))))
                .list());
    }

    public Optional<Rung> escalation(String ticket) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT ladder, run FROM escalation WHERE ticket_id = :ticket")
                        .bind("ticket", ticket)
                        .map((rs, context) -> new Rung(rs.getString("ladder"), rs.getInt("run")))
                        .findOne());
    }
}
