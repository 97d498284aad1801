package io.fengsui.hub.store.rows;

import io.fengsui.hub.sla.deadline.Deadline;
import io.fengsui.hub.sla.deadline.DeadlineTable;
import io.fengsui.hub.store.WriterSession;
import io.fengsui.rules.calendar.Limit;
import io.fengsui.rules.calendar.WorkingCalendar;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Rows of deadlines, on the writer's connection. Writer's thread only. */
public final class DeadlineRows implements DeadlineTable {
    private final WriterSession session;

    public DeadlineRows(WriterSession session) {
        this.session = session;
    }

    @Override
    public List<Deadline> open(String ticket) {
        return session.handle()
                .createQuery("""
                        SELECT * FROM deadline WHERE ticket_id = :ticket AND ended_at IS NULL
                        ORDER BY since_version, step""")
                .bind("ticket", ticket)
                .map((rs, context) -> deadline(rs))
                .list();
    }

    private static Deadline deadline(ResultSet rs) throws SQLException {
        String limit = rs.getString("limit_text");
        return new Deadline(
                new Deadline.Key(rs.getString("ticket_id"), rs.getString("step"), rs.getLong("since_version")),
                new Deadline.Terms(
                        Limit.parse(limit).orElseThrow(() -> new IllegalStateException("no limit: " + limit)),
                        Duration.ofMillis(rs.getLong("extra_millis"))),
                Columns.instant(rs, "started_at"),
                new Deadline.Run(
                        Duration.ofMillis(rs.getLong("spent_millis")), Columns.optionalInstant(rs, "running_since")),
                rs.getInt("told_percent"),
                null);
    }

    @Override
    public void write(Collection<Deadline> deadlines, WorkingCalendar calendar) {
        RowBatch batch = RowBatch.upsert(session, "deadline", "ticket_id", "step", "since_version");
        for (Deadline deadline : deadlines) {
            Deadline.End end = deadline.end();
            batch.set("ticket_id", deadline.key().ticket())
                    .set("step", deadline.key().step())
                    .set("since_version", deadline.key().since())
                    .set("limit_text", deadline.terms().limit().toString())
                    .set("extra_millis", deadline.terms().extra().toMillis())
                    .set("started_at", deadline.started().toEpochMilli())
                    .set("spent_millis", deadline.run().spent().toMillis())
                    .set("running_since", Columns.millis(deadline.run().from()))
                    .set("told_percent", deadline.told())
                    .set("due_at", Columns.millis(deadline.due(calendar)))
                    .set("ended_at", end == null ? null : end.at().toEpochMilli())
                    .set("on_time", end == null ? null : Integer.valueOf(end.isOnTime() ? 1 : 0))
                    .add();
        }
        batch.write();
    }
}
