package io.fengsui.hub.app;

import io.fengsui.hub.shard.ShardSet;
import io.fengsui.runtime.TimeSource;
import java.time.Duration;

/**
 * Whether a shard's writer, which gets something to do every second, has begun nothing for so long that it must have
 * died or hang. A database that is away is no reason: the writer goes on trying, and each try ends by its timeout.
 */
record Stuck(ShardSet shards, TimeSource time) {
    /** Longer than a try can take at the longest timeout of a database. */
    static final Duration LIMIT = Duration.ofMinutes(3);

    boolean isStuck() {
        return shards.all().stream()
                .flatMapToLong(shard -> shard.counts().lastProgressNanos().stream())
                .anyMatch(last -> time.steadyNanos() - last > LIMIT.toNanos());
    }
}
