package io.fengsui.hub.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShardMapTest {
    @Test
    void oneWriterHasEverything() {
        assertThat(new ShardMap(1).shardOf("edge-1")).isZero();
        assertThat(new ShardMap(1).shardOf("hub")).isZero();
    }

    @Test
    void severalShareTheEdgesAndTheFirstHasWhatTheHubItselfTells() {
        ShardMap map = new ShardMap(5);
        Map<Integer, Integer> edges = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            edges.merge(map.shardOf("edge-" + i), 1, Integer::sum);
        }
        assertThat(edges).containsOnlyKeys(1, 2, 3, 4);
        assertThat(edges.values()).allSatisfy(count -> assertThat(count).isBetween(200, 300));
        assertThat(map.shardOf("hub")).isZero();
    }

    /** Lanes and timers lie where this says: it must say the same for ever. */
    @Test
    void saysTheSameForEver() {
        ShardMap map = new ShardMap(4);
        assertThat(map.shardOf("edge-1")).isEqualTo(3);
        assertThat(map.shardOf("edge-3")).isEqualTo(2);
        assertThat(map.shardOf("edge-5")).isEqualTo(1);
    }
}
