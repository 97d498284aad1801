package io.fengsui.hub.shard;

/**
 * Which shard an edge belongs to. With one writer, everything is the first shard's. With several, the first decides about
 * tickets and all that crosses edges, and the edges are shared among the others.
 *
 * @param writers as many as there are shards
 */
public record ShardMap(int writers) {
    /** That of tickets, people, messages and the hub's own events. */
    public static final int FIRST = 0;

    public static final int MOST = 64;
    /** By this name the hub itself tells of things. */
    private static final String HUB = "hub";

    public ShardMap {
        if (writers < 1 || writers > MOST) {
            throw new IllegalArgumentException("a hub has 1 to " + MOST + " writers, not " + writers);
        }
    }

    /** The same for ever, as long as the number of writers is. */
    public int shardOf(String edge) {
        if (writers == 1 || edge.equals(HUB)) {
            return FIRST;
        }
        // The last step of MurmurHash3: names that differ in their last letter go to different shards too.
        int mixed = edge.hashCode();
        mixed = (mixed ^ (mixed >>> 16)) * 0x85EBCA6B;
        mixed = (mixed ^ (mixed >>> 13)) * 0xC2B2AE35;
        return 1 + Math.floorMod(mixed ^ (mixed >>> 16), writers - 1);
    }

    public boolean isOf(int shard, String edge) {
        return shardOf(edge) == shard;
    }
}
