package io.fengsui.hub.store.lease;

import io.fengsui.hub.store.WriterSession;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The right to write a shard. It is renewed inside each transaction, which locks its row: who lost it, however long he
 * was frozen, cannot commit; who takes it waits for a transaction that is open. That holds whatever the clocks say; they
 * only decide when somebody else may take over. Writer's thread only.
 */
public final class ShardLease {
    private final int shard;
    private final ShardClaim claim;
    private ShardClaim.Held held = ShardClaim.Held.NOTHING;

    public ShardLease(int shard, ShardClaim claim) {
        this.shard = shard;
        this.claim = claim;
    }

    /** Takes all shards of the hub unless they are held already; throws while another hub has one. */
    public void take(WriterSession session) {
        ShardClaim.Held now = claim.take(session);
        ShardClaim.Held before = held;
        held = now;
        if (before.token() != 0 && !before.equals(now)) {
            // Another writer of this hub lost them and took them again: what is in memory may be old.
            throw new LeaseLostException("shard " + shard + " was another hub's meanwhile");
        }
    }

    /** Renews it in the transaction that is open; throws when it is another hub's now. */
    public void renew(WriterSession session) {
        if (renewed(session) == 0) {
            claim.lost(held);
            held = ShardClaim.Held.NOTHING;
            throw new LeaseLostException("shard " + shard + " was taken over by another hub");
        }
    }

    /** Rows that are ours still; by JDBC itself, because every transaction does it. */
    private int renewed(WriterSession session) {
        try {
            PreparedStatement statement = session.prepared(
                    "UPDATE shard_lease SET valid_until = ? WHERE shard = ? AND owner = ? AND token = ?");
            statement.setLong(1, claim.validUntil());
            statement.setInt(2, shard);
            statement.setString(3, claim.owner());
            statement.setLong(4, held.token());
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the lease of shard " + shard + " cannot be renewed", e);
        }
    }

    /** The plan by which edges are shared, as it was when the shards were taken. */
    public long plan() {
        return held.plan();
    }
}
