package io.fengsui.hub.store.lease;

import io.fengsui.hub.store.WriterSession;
import io.fengsui.runtime.TimeSource;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write a shard. It is renewed inside each transaction, which locks its row: who lost it, however long he
 * was frozen, cannot commit; who takes it waits for a transaction that is open. That holds whatever the clocks say; they
 * only decide when somebody else may take over. Writer's thread only.
 */
public final class ShardLease {
    private static final Logger LOG = LoggerFactory.getLogger(ShardLease.class);
    /** Nobody else takes it for this long after a transaction. */
    static final Duration VALID = Duration.ofSeconds(15);

    private final int shard;
    private final String owner;
    private final TimeSource time;
    private long token;

    /** @param owner this hub's name; the same after a restart */
    public ShardLease(int shard, String owner, TimeSource time) {
        this.shard = shard;
        this.owner = owner;
        this.time = time;
    }

    /** Takes the lease, in a transaction of its own, unless it is held already; throws while another hub has it. */
    public void take(WriterSession session) {
        if (token != 0) {
            return;
        }
        session.begin();
        Handle handle = session.handle();
        handle.execute(
                "INSERT INTO shard_lease (shard, owner, token, valid_until) VALUES (?, '', 0, 0) ON CONFLICT DO NOTHING",
                shard);
        long now = time.wall().toEpochMilli();
        int taken = handle.execute("""
                UPDATE shard_lease SET owner = ?, token = token + 1, valid_until = ?
                WHERE shard = ? AND (owner = ? OR valid_until < ?)""", owner, now + VALID.toMillis(), shard, owner, now);
        if (taken == 0) {
            throw new LeaseLostException("another hub writes shard " + shard + " of this database");
        }
        long fresh = handle.createQuery("SELECT token FROM shard_lease WHERE shard = :shard")
                .bind("shard", shard)
                .mapTo(Long.class)
                .one();
        session.commit();
        token = fresh;
        LOG.info("shard taken shard={} owner={} token={}", shard, owner, token);
    }

    /** Renews it in the transaction that is open; throws when it is another hub's now. */
    public void renew(WriterSession session) {
        if (renewed(session) == 0) {
            token = 0;
            throw new LeaseLostException("shard " + shard + " was taken over by another hub");
        }
    }

    /** Rows that are ours still; by JDBC itself, because every transaction does it. */
    private int renewed(WriterSession session) {
        try {
            PreparedStatement statement = session.prepared(
                    "UPDATE shard_lease SET valid_until = ? WHERE shard = ? AND owner = ? AND token = ?");
            statement.setLong(1, time.wall().plus(VALID).toEpochMilli());
            statement.setInt(2, shard);
            statement.setString(3, owner);
            statement.setLong(4, token);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the lease of shard " + shard + " cannot be renewed", e);
        }
    }
}
