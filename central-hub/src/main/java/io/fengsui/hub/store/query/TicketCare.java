package io.fengsui.hub.store.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Who cares for a ticket and by when, as stored; times are epoch milliseconds.
 *
 * @param dueAt the earliest moment at which one of its deadlines passes; null while none runs
 * @param toldPercent the most that was told of its open deadlines; null when it has none
 */
public record TicketCare(
        String unit,
        boolean isSupervised,
        String extensionAsked,
        @Nullable Long suspendedUntil,
        long reworks,
        long sendBacks,
        long extensions,
        @Nullable Long dueAt,
        @Nullable Long toldPercent,
        String verdict) {
    static final String COLUMNS = """
            (SELECT MIN(d.due_at) FROM deadline d WHERE d.ticket_id = t.id AND d.ended_at IS NULL) AS due_at,
            (SELECT MAX(d.told_percent) FROM deadline d WHERE d.ticket_id = t.id AND d.ended_at IS NULL) AS told_percent,
            """;

    /** One deadline of a ticket, open or ended. */
    public record DeadlineRow(
            String step,
            String limit,
            long extraMillis,
            long startedAt,
            @Nullable Long dueAt,
            long toldPercent,
            @Nullable Long endedAt,
            @Nullable Boolean isOnTime) {

        static DeadlineRow of(ResultSet rs) throws SQLException {
            Long onTime = TicketQueries.optionalLong(rs, "on_time");
            return new DeadlineRow(
                    rs.getString("step"),
                    rs.getString("limit_text"),
                    rs.getLong("extra_millis"),
                    rs.getLong("started_at"),
                    TicketQueries.optionalLong(rs, "due_at"),
                    rs.getLong("told_percent"),
                    TicketQueries.optionalLong(rs, "ended_at"),
                    onTime == null ? null : onTime != 0);
        }
    }

    static TicketCare of(ResultSet rs) throws SQLException {
        return new TicketCare(
                rs.getString("unit"),
                rs.getInt("supervised") != 0,
                rs.getString("extension_asked"),
                TicketQueries.optionalLong(rs, "suspended_until"),
                rs.getLong("reworks"),
                rs.getLong("send_backs"),
                rs.getLong("extensions"),
                TicketQueries.optionalLong(rs, "due_at"),
                TicketQueries.optionalLong(rs, "told_percent"),
                rs.getString("verdict"));
    }
}
