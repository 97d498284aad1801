package io.fengsui.edge.spool.store;

import io.fengsui.protocol.Lane;
import java.time.Duration;
import java.util.List;

/**
 * How the spool stands, as of the last commit.
 *
 * @param isHealthy false from a failed write until the store was reopened and verified
 * @param heldSlots slots in memory that wait for a working store
 * @param evicted records replaced by tombstones for want of room
 * @param quarantineDropped oldest payloads dropped because the quarantine was full
 */
public record SpoolStats(
        boolean isHealthy, List<LaneStats> lanes, int heldSlots, long failures, long evicted, long quarantineDropped) {

    /**
     * A lane.
     *
     * @param depth records that the hub has not acknowledged
     * @param bytes of all bodies held, acknowledged ones with them
     * @param oldestAge of the oldest record not acknowledged; zero when there is none
     */
    public record LaneStats(Lane lane, long depth, long bytes, Duration oldestAge) {}

    public SpoolStats {
        lanes = List.copyOf(lanes);
    }

    public LaneStats lane(Lane lane) {
        return lanes.stream().filter(stats -> stats.lane() == lane).findFirst().orElseThrow();
    }
}
