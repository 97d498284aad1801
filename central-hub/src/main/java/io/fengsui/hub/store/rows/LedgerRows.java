package io.fengsui.hub.store.rows;

import static io.fengsui.hub.store.rows.Columns.label;

import io.fengsui.hub.shard.Ledger;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.input.JournalEntry;
import io.fengsui.hub.shard.stage.Change;
import io.fengsui.hub.store.WriterSession;
import io.fengsui.hub.store.lease.ShardLease;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.LanePosition;
import io.fengsui.protocol.value.Sha256;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shard's own rows, on the writer's connection. Writer's thread only. */
public final class LedgerRows implements Ledger {
    private final WriterSession session;
    private final ShardLease lease;
    private final HandoverRows handovers;

    public LedgerRows(WriterSession session, ShardLease lease) {
        this.session = session;
        this.lease = lease;
        this.handovers = new HandoverRows(session);
    }

    @Override
    public void begin() {
        lease.take(session);
        session.begin();
        lease.renew(session);
    }

    @Override
    public void commit() {
        session.commit();
    }

    @Override
    public void rollback() {
        session.discard();
    }

    @Override
    public long lastOffset(int shard) {
        return session.handle()
                .createQuery("SELECT COALESCE(MAX(\"offset\"), 0) FROM journal WHERE shard = :shard")
                .bind("shard", shard)
                .mapTo(Long.class)
                .one();
    }

    @Override
    public long lastChange(int shard) {
        return session.handle()
                .createQuery("SELECT COALESCE(MAX(\"offset\"), 0) FROM change WHERE shard = :shard")
                .bind("shard", shard)
                .mapTo(Long.class)
                .one();
    }

    @Override
    public boolean holds(JournalEntry entry) {
        return session.handle()
                .createQuery("""
                        SELECT received_at, kind, body FROM journal WHERE shard = :shard AND "offset" = :offset""")
                .bind("shard", entry.shard())
                .bind("offset", entry.offset())
                .map((rs, context) ->
                        rs.getLong("received_at") == entry.receivedAt().toEpochMilli()
                                && rs.getString("kind").equals(entry.kind())
                                && Arrays.equals(rs.getBytes("body"), entry.body()))
                .findOne()
                .orElse(false);
    }

    @Override
    public LanePosition position(String edge, String epoch, Lane lane) {
        return session.handle()
                .createQuery("""
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
        RowBatch batch = RowBatch.insert(session, "journal");
        for (JournalEntry entry : entries) {
            batch.set("shard", entry.shard())
                    .set("\"offset\"", entry.offset())
                    .set("received_at", entry.receivedAt().toEpochMilli())
                    .set("kind", entry.kind())
                    .set("edge", entry.key().edge())
                    .set("epoch", entry.key().epoch())
                    .set("lane", entry.key().lane())
                    .set("sequence", entry.key().sequence())
                    .set("body", entry.body())
                    .add();
        }
        batch.write();
    }

    @Override
    public void advance(Collection<Advance> positions) {
        RowBatch batch = RowBatch.upsert(session, "lane_position", "edge", "epoch", "lane");
        for (Advance advance : positions) {
            batch.set("edge", advance.edge())
                    .set("epoch", advance.epoch())
                    .set("lane", label(advance.position().lane()))
                    .set("position", advance.position().position())
                    .set("prefix_hash", Columns.bytes(advance.position().prefixHash()))
                    .add();
        }
        batch.write();
    }

    @Override
    public void changes(Collection<Change> changes) {
        RowBatch batch = RowBatch.insert(session, "change");
        for (Change change : changes) {
            batch.set("shard", change.shard())
                    .set("\"offset\"", change.offset())
                    .set("at", change.at().toEpochMilli())
                    .set("entity", label(change.entity()))
                    .set("entity_id", change.id())
                    .set("kind", label(change.kind()))
                    .add();
        }
        batch.write();
    }

    @Override
    public void quarantine(Collection<Quarantined> inputs) {
        RowBatch batch = RowBatch.insert(session, "quarantine");
        for (Quarantined input : inputs) {
            batch.set("shard", input.shard())
                    .set("\"offset\"", input.offset())
                    .set("at", input.at().toEpochMilli())
                    .set("reason", input.reason())
                    .set("body", input.body())
                    .add();
        }
        batch.write();
    }

    @Override
    public void handOver(Collection<Handover> fresh) {
        handovers.add(lease.plan(), fresh);
    }

    @Override
    public List<Integer> handing() {
        return handovers.handing();
    }

    @Override
    public Handovers handed(int shard, Input.@Nullable From upTo, int limit) {
        return handovers.first(shard, upTo, limit);
    }

    @Override
    public Waiting waiting(int most) {
        return handovers.waiting(most);
    }

    @Override
    public void takenOver(List<Input.HandedOver> taken) {
        handovers.delete(taken);
    }
}
