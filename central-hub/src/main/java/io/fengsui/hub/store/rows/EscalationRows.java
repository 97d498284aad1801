package io.fengsui.hub.store.rows;

import io.fengsui.hub.notify.ladder.Escalation;
import io.fengsui.hub.notify.ladder.EscalationTable;
import io.fengsui.hub.store.WriterSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Rows of escalations, on the writer's connection. Writer's thread only. */
public final class EscalationRows implements EscalationTable {
    private final WriterSession session;

    public EscalationRows(WriterSession session) {
        this.session = session;
    }

    @Override
    public @Nullable Escalation find(String ticket) {
        return Lookup.one(session, "SELECT * FROM escalation WHERE ticket_id = ?", EscalationRows::escalation, ticket);
    }

    private static Escalation escalation(ResultSet rs) throws SQLException {
        long left = rs.getLong("left_millis");
        Duration leftOver = rs.wasNull() ? null : Duration.ofMillis(left);
        return new Escalation(
                rs.getString("ticket_id"),
                rs.getString("ladder"),
                rs.getInt("run"),
                Columns.optionalInstant(rs, "due_at"),
                leftOver,
                Columns.constant(Escalation.End.class, rs.getString("ended")));
    }

    @Override
    public void write(Collection<Escalation> escalations) {
        RowBatch batch = RowBatch.upsert(session, "escalation", "ticket_id");
        for (Escalation one : escalations) {
            batch.set("ticket_id", one.ticket())
                    .set("ladder", one.ladder())
                    .set("run", one.run())
                    .set("due_at", Columns.millis(one.due()))
                    .set("left_millis", one.left() == null ? null : one.left().toMillis())
                    .set("ended", Columns.label(one.end()))
                    .add();
        }
        batch.write();
    }
}
