package io.fengsui.hub.store.sqlite;

import io.fengsui.hub.sla.Timer;
import io.fengsui.hub.sla.TimerTable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Rows of timers of one shard, on the writer's connection. Writer's thread only. */
public final class SqliteTimers implements TimerTable {
    private final Handle handle;
    private final int shard;

    public SqliteTimers(Handle writer, int shard) {
        this.handle = writer;
        this.shard = shard;
    }

    @Override
    public List<Timer> due(Instant now, int limit) {
        return handle.createQuery("""
                        SELECT id, due_at, kind, subject FROM timer
                        WHERE shard = :shard AND due_at <= :now ORDER BY due_at, id LIMIT :limit""")
                .bind("shard", shard)
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
        PreparedBatch batch = handle.prepareBatch("""
                INSERT OR REPLACE INTO timer (id, shard, due_at, kind, subject)
                VALUES (:id, :shard, :due, :kind, :subject)""");
        for (Timer timer : timers) {
            batch.bind("id", timer.id())
                    .bind("shard", shard)
                    .bind("due", timer.due().toEpochMilli())
                    .bind("kind", timer.kind())
                    .bind("subject", timer.subject())
                    .add();
        }
        SqliteLedger.execute(batch);
    }

    @Override
    public void delete(Collection<String> ids) {
        PreparedBatch batch = handle.prepareBatch("DELETE FROM timer WHERE id = :id");
        ids.forEach(id -> batch.bind("id", id).add());
        SqliteLedger.execute(batch);
    }
}
