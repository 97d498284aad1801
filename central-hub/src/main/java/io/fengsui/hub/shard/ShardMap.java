package io.fengsui.hub.shard;

import java.util.Map;

/**
 * Which shard a site belongs to. One shard serves all sites for now; the table is here so that nothing else needs to
 * change when there are more.
 */
public record ShardMap(Map<String, Integer> bySite) {
    public static final int FIRST = 0;

    public ShardMap {
        bySite = Map.copyOf(bySite);
    }

    public int shardOf(String site) {
        return bySite.getOrDefault(site, FIRST);
    }
}
