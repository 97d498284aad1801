package io.fengsui.hub.shard;

import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.runtime.TimeSource;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * What a shard's writer works with.
 *
 * @param handedOver told, after the commit, that something of this shard waits for the writer of tickets
 * @param isAlone whether this is the only writer, with edges and tickets
 */
record ShardParts(
        int shard,
        Ledger ledger,
        LanePositions positions,
        ForkBook forks,
        List<Stage> stages,
        TimeSource time,
        ShardCounts counts,
        IntConsumer handedOver,
        boolean isAlone) {}
