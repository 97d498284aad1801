package io.fengsui.hub.shard;

import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.runtime.TimeSource;
import java.util.List;

/** What a shard's writer works with. */
record ShardParts(
        int shard, Ledger ledger, LanePositions positions, ForkBook forks, List<Stage> stages, TimeSource time) {}
