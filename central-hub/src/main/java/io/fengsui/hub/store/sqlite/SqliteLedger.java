package io.fengsui.hub.store.sqlite;

import static io.fengsui.hub.store.sqlite.Columns.label;

import io.fengsui.hub.shard.Ledger;
import io.fengsui.hub.shard.input.JournalEntry;
import io.fengsui.hub.shard.stage.Change;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.LanePosition;
import io.fengsui.protocol.value.Sha256;
import java.util.Collection;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The shard's own rows, on the writer's connection. Writer's thread only. */
public final class SqliteLedger implements Ledger {
    private final Handle handle;

    public SqliteLedger(Handle writer) {
        this.handle = writer;
    }

    @Override
    public void begin() {
        handle.begin();
    }

    @Override
    public void commit() {
        handle.commit();
    }

    @Override
    public void rollback() {
        if (handle.isInTransaction()) {
            handle.rollback();
        }
    }

    @Override
    public long lastOffset(int shard) {
        return handle.createQuery("SELECT COALESCE(MAX(\"offset\"), 0) FROM journal WHERE shard = :shard")
                .bind("shard", shard)
                .mapTo(Long.class)
                .one();
    }

    @Override
    public long lastChange(int shard) {
        return handle.createQuery("SELECT COALESCE(MAX(\"offset\"), 0) FROM change WHERE shard = :shard")
                .bind("shard", shard)
                .mapTo(Long.class)
                .one();
    }

    @Override
    public LanePosition position(String edge, String epoch, Lane lane) {
        return handle.createQuery("""
                        SELECT position, prefix_hash FROM lane_position
                        WHERE edge = :edge AND epoch = :epoch AND lane = :lane""")
                .bind("edge", edge)
                .bind("epoch", epoch)
                .bind("lane", label(lane))
                .map((rs, context) ->
                        new LanePosition(lane, rs.getLong("position"), Sha256.of(rs.getBytes("prefix_hash"))))
                .findOne()
                .orElseGet(() -> new LanePosition(lane, 0, Sha256.NONE));
    }

    @Override
    public void append(Collection<JournalEntry> entries) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO journal (shard, "offset", received_at, kind, edge, epoch, lane, sequence, body)
                VALUES (:shard, :offset, :at, :kind, :edge, :epoch, :lane, :sequence, :body)""");
        for (JournalEntry entry : entries) {
            batch.bind("shard", entry.shard())
                    .bind("offset", entry.offset())
                    .bind("at", entry.receivedAt().toEpochMilli())
                    .bind("kind", entry.kind())
                    .bind("edge", entry.key().edge())
                    .bind("epoch", entry.key().epoch())
                    .bind("lane", entry.key().lane())
                    .bind("sequence", entry.key().sequence())
                    .bind("body", entry.body())
                    .add();
        }
        execute(batch);
    }

    @Override
    public void advance(Collection<Advance> positions) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO lane_position (edge, epoch, lane, position, prefix_hash)
                VALUES (:edge, :epoch, :lane, :position, :hash)
                ON CONFLICT (edge, epoch, lane) DO UPDATE SET position = :position, prefix_hash = :hash""");
        for (Advance advance : positions) {
            batch.bind("edge", advance.edge())
                    .bind("epoch", advance.epoch())
                    .bind("lane", label(advance.position().lane()))
                    .bind("position", advance.position().position())
                    .bind("hash", Columns.bytes(advance.position().prefixHash()))
                    .add();
        }
        execute(batch);
    }

    @Override
    public void changes(Collection<Change> changes) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO change (shard, "offset", at, entity, entity_id, kind)
                VALUES (:shard, :offset, :at, :entity, :id, :kind)""");
        for (Change change : changes) {
            batch.bind("shard", change.shard())
                    .bind("offset", change.offset())
                    .bind("at", change.at().toEpochMilli())
                    .bind("entity", label(change.entity()))
                    .bind("id", change.id())
                    .bind("kind", label(change.kind()))
                    .add();
        }
        execute(batch);
    }

    @Override
    public void quarantine(Collection<Quarantined> inputs) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO quarantine (shard, "offset", at, reason, body)
                VALUES (:shard, :offset, :at, :reason, :body)""");
        for (Quarantined input : inputs) {
            batch.bind("shard", input.shard())
                    .bind("offset", input.offset())
                    .bind("at", input.at().toEpochMilli())
                    .bind("reason", input.reason())
                    .bind("body", input.body())
                    .add();
        }
        execute(batch);
    }

    /** Runs a batch that may be empty. */
    static void execute(PreparedBatch batch) {
        if (batch.size() > 0) {
            batch.execute();
        }
    }
}
