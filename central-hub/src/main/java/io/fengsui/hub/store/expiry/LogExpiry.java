package io.fengsui.hub.store.expiry;

import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.hub.shard.stage.Turn;
import io.fengsui.hub.store.KeepSettings;
import io.fengsui.hub.store.WriterSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what is kept no longer of a shard's journal and changes, a few rows a tick, all the time. The newest row of each
 * stays however old it is: its offset is counted on from. Writer's thread only.
 */
public final class LogExpiry implements Stage {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final WriterSession session;
    private final int shard;
    private final int retiredFrom;
    private final KeepSettings keep;
    private Instant looked = Instant.EPOCH;
    /** Others do not come while this hub has the shards. */
    private @Nullable List<Integer> retired;

    /** @param retiredFrom shards from this number on have no writer any more, and this one cares for them too */
    public LogExpiry(WriterSession session, int shard, int retiredFrom, KeepSettings keep) {
        this.session = session;
        this.shard = shard;
        this.retiredFrom = retiredFrom;
        this.keep = keep;
    }

    /** Of shards that are all written. */
    public LogExpiry(WriterSession session, int shard, KeepSettings keep) {
        this(session, shard, Integer.MAX_VALUE, keep);
    }

    @Override
    public void take(Input input, Turn turn) {}

    @Override
    public List<Input> due(Instant now) {
        if (Duration.between(looked, now).abs().compareTo(EVERY) >= 0) {
            looked = now;
            Stream.concat(Stream.of(shard), retired().stream()).forEach(one -> {
                trim(one, "journal", "received_at", now.minus(keep.journal()));
                trim(one, "change", "at", now.minus(keep.changes()));
            });
        }
        return List.of();
    }

    private List<Integer> retired() {
        List<Integer> known = retired;
        if (known == null) {
            known = session.handle()
                    .createQuery("SELECT shard FROM shard_lease WHERE shard >= :first ORDER BY shard")
                    .bind("first", retiredFrom)
                    .mapTo(Integer.class)
                    .list();
            retired = known;
        }
        return known;
    }

    private void trim(int of, String table, String time, Instant before) {
        session.handle()
                .createUpdate("""
                        DELETE FROM %1$s WHERE shard = :shard AND "offset" IN (
                            SELECT "offset" FROM %1$s WHERE shard = :shard ORDER BY "offset" LIMIT :most)
                        AND %2$s < :before AND "offset" < (SELECT MAX("offset") FROM %1$s WHERE shard = :shard)
                        """.formatted(table, time))
                .bind("shard", of)
                .bind("most", Expiry.MOST)
                .bind("before", before.toEpochMilli())
                .execute();
    }

    @Override
    public void write() {}

    @Override
    public void forget() {
        retired = null;
    }
}
