package io.fengsui.hub.store.lease;

import io.fengsui.hub.shard.ShardMap;
import io.fengsui.hub.sla.Timer;
import io.fengsui.hub.store.WriterSession;
import io.fengsui.runtime.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hub's claim to all shards of its database at once: who writes one, writes all. The first of its writers that needs it
 * takes it, in a transaction of its own; that is also when edges are shared anew because the number of writers is another
 * one, for then nobody else can write. The others wait for it no longer than it takes while all is well: a database that
 * does not answer holds up the one that asks it, and no writer beside. Thread-safe.
 */
public final class ShardClaim {
    private static final Logger LOG = LoggerFactory.getLogger(ShardClaim.class);
    /** Nobody else takes a shard for this long after a transaction. */
    static final Duration VALID = Duration.ofSeconds(15);

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /**
     * What is held.
     *
     * @param token rises whenever shards are taken
     * @param plan rises whenever edges are shared anew
     */
    record Held(long token, long plan) {
        static final Held NOTHING = new Held(0, 0);
    }

    private final ShardMap map;
    private final String owner;
    private final TimeSource time;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicReference<Held> held = new AtomicReference<>(Held.NOTHING);

    /** @param owner this hub's name; the same after a restart */
    public ShardClaim(ShardMap map, String owner, TimeSource time) {
        this.map = map;
        this.owner = owner;
        this.time = time;
    }

    String owner() {
        return owner;
    }

    long validUntil() {
        return time.wall().plus(VALID).toEpochMilli();
    }

    /** What is held, taken now if nothing is; throws while another hub has a shard, or another writer takes them. */
    Held take(WriterSession session) {
        Held known = Objects.requireNonNull(held.get());
        if (known.token != 0) {
            return known;
        }
        session.handle(); // each opens its connection beside the others
        if (!isLocked()) {
            throw new LeaseLostException("another writer of this hub is taking the shards");
        }
        try {
            known = Objects.requireNonNull(held.get());
            return known.token == 0 ? takeNow(session) : known;
        } finally {
            lock.unlock();
        }
    }

    private boolean isLocked() {
        try {
            return lock.tryLock() || lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Held takeNow(WriterSession session) {
        session.begin();
        Held fresh = claim(session.handle());
        session.commit();
        held.set(fresh);
        LOG.info("shards taken writers={} owner={} token={} plan={}", map.writers(), owner, fresh.token, fresh.plan);
        return fresh;
    }

    /** It turned out that this, which {@link #take} gave, is another hub's now. */
    void lost(Held what) {
        held.compareAndSet(what, Held.NOTHING);
    }

    private Held claim(Handle handle) {
        handle.execute("UPDATE shard_plan SET plan = plan WHERE id = 0"); // one claim after another
        for (int shard = 0; shard < map.writers(); shard++) {
            handle.execute(
                    "INSERT INTO shard_lease (shard, owner, token, valid_until) VALUES (?, '', 0, 0) ON CONFLICT DO NOTHING",
                    shard);
        }
        long token = number(handle, "SELECT MAX(token) FROM shard_lease") + 1;
        long now = time.wall().toEpochMilli();
        int taken = handle.execute("""
                UPDATE shard_lease SET owner = ?, token = ?, valid_until = ? WHERE owner = ? OR valid_until < ?""", owner, token, now + VALID.toMillis(), owner, now);
        if (taken < number(handle, "SELECT COUNT(*) FROM shard_lease")) {
            throw new LeaseLostException("another hub writes this database");
        }
        long writers = number(handle, "SELECT writers FROM shard_plan WHERE id = 0");
        if (writers != map.writers()) {
            LOG.info("edges are shared among {} writers, and not among {} any more", map.writers(), writers);
            handle.execute("UPDATE shard_plan SET plan = plan + 1, writers = ? WHERE id = 0", map.writers());
            shareTimers(handle);
        } else if (writers > 1) {
            shareTimers(handle); // a hub that knows of one writer only may have had the database meanwhile
        }
        return new Held(token, number(handle, "SELECT plan FROM shard_plan WHERE id = 0"));
    }

    /** What is due for an edge is found by the writer of that edge. */
    private void shareTimers(Handle handle) {
        record Shared(String timer, int shard) {}
        List<Shared> moved = handle.createQuery("SELECT id, shard, subject FROM timer WHERE kind = :kind")
                .bind("kind", Timer.EDGE_SILENCE)
                .reduceRows(new ArrayList<>(), (all, row) -> {
                    int shard = map.shardOf(row.getColumn("subject", String.class));
                    if (shard != row.getColumn("shard", Integer.class)) {
                        all.add(new Shared(row.getColumn("id", String.class), shard));
                    }
                    return all;
                });
        if (!moved.isEmpty()) {
            PreparedBatch batch = handle.prepareBatch("UPDATE timer SET shard = :shard WHERE id = :id");
            moved.forEach(
                    one -> batch.bind("shard", one.shard).bind("id", one.timer).add());
            batch.execute();
        }
    }

    private static long number(Handle handle, String sql) {
        return handle.createQuery(sql).mapTo(Long.class).one();
    }
}
