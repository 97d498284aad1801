package io.fengsui.hub.store.rows;

import io.fengsui.hub.sla.Timer;
import io.fengsui.hub.sla.TimerTable;
import io.fengsui.hub.store.WriterSession;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Rows of timers of one shard, on the writer's connection. Writer's thread only. */
public final class TimerRows implements TimerTable {
    private final WriterSession session;
    private final int shard;

    public TimerRows(WriterSession session, int shard) {
        this.session = session;
        this.shard = shard;
    }

    @Override
    public List<Timer> due(String kind, Instant now, int limit) {
        return session.handle()
                .createQuery("""
                        SELECT id, due_at, kind, subject FROM timer
                        WHERE shard = :shard AND kind = :kind AND due_at <= :now ORDER BY due_at, id LIMIT :limit""")
                .bind("shard", shard)
                .bind("kind", kind)
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .map((rs, context) -> new Timer(
                        rs.getString("id"),
                        Columns.instant(rs, "due_at"),
                        rs.getString("kind"),
                        rs.getString("subject")))
                .list();
    }

    @Override
    public void write(Collection<Timer> timers) {
        write(timers, RowBatch.upsert(session, "timer", "id"));
    }

    @Override
    public void writeNew(Collection<Timer> timers) {
        write(timers, RowBatch.insertNew(session, "timer", "id"));
    }

    private void write(Collection<Timer> timers, RowBatch batch) {
        for (Timer timer : timers) {
            batch.set("id", timer.id())
                    .set("shard", shard)
                    .set("due_at", timer.due().toEpochMilli())
                    .set("kind", timer.kind())
                    .set("subject", timer.subject())
                    .add();
        }
        batch.write();
    }

    @Override
    public void move(String kind, Duration by, Instant earliest, Instant latest) {
        session.handle()
                .createUpdate("""
                        UPDATE timer SET due_at = CASE WHEN due_at + :by > :latest THEN :latest
                                                       WHEN due_at + :by < :earliest THEN :earliest
                                                       ELSE due_at + :by END
                        WHERE shard = :shard AND kind = :kind""")
                .bind("by", by.toMillis())
                .bind("earliest", earliest.toEpochMilli())
                .bind("latest", latest.toEpochMilli())
                .bind("shard", shard)
                .bind("kind", kind)
                .execute();
    }

    @Override
    public void delete(Collection<String> ids) {
        if (!ids.isEmpty()) {
            PreparedBatch batch = session.handle().prepareBatch("DELETE FROM timer WHERE id = :id");
            ids.forEach(id -> batch.bind("id", id).add());
            batch.execute();
        }
    }
}
