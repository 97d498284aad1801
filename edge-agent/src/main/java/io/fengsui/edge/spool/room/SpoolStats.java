package io.fengsui.edge.spool.room;

import io.fengsui.protocol.Lane;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the spool stands, as of the last commit.
 *
 * @param isOpen false while the disk has taken nothing since the start of the agent
 * @param isHealthy false from a failed write until the store was reopened and verified
 * @param heldSlots slots in memory that wait for a working store
 */
public record SpoolStats(
        boolean isOpen, boolean isHealthy, List<LaneStats> lanes, int heldSlots, Losses losses, Room room) {
    private static final double MOST_SECONDS = Duration.ofDays(3_650).toSeconds();

    /**
     * What was given up since the start.
     *
     * @param failures transactions that failed
     * @param evicted records replaced by tombstones for want of room
     * @param merged records replaced by tombstones because a later revision says the same and more
     * @param refused events that found no place in memory while nothing could be written
     * @param damaged records found damaged and replaced by tombstones, and rows of open events that nothing could mend
     * @param quarantineDropped oldest payloads dropped because the quarantine was full
     */
    public record Losses(
            long failures, long evicted, long merged, long refused, long damaged, long quarantineDropped) {}

    /**
     * What is left.
     *
     * @param bytes that can still be taken before something that waits is given up
     * @param ballastBytes in reserve for a disk that others filled
     * @param isDiskShort whether others have filled it
     * @param flow how fast it fills and drains
     */
    public record Room(long bytes, long ballastBytes, boolean isDiskShort, Flow flow) {}

    /** Records and bytes a second, over the last minutes. */
    public record Flow(double bytesIn, double recordsIn, double recordsAcknowledged) {
        public static final Flow NONE = new Flow(0, 0, 0);
    }

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

    /** Records that the hub has not acknowledged, of all lanes. */
    public long depth() {
        return lanes.stream().mapToLong(LaneStats::depth).sum();
    }

    /** How long the room lasts when what comes in is not acknowledged; empty when nothing comes in. */
    public Optional<Duration> timeLeft() {
        double rate = room.flow().bytesIn();
        return rate <= 0 ? Optional.empty() : Optional.of(seconds(room.bytes() / rate));
    }

    /** How long until all is acknowledged at the present rate; empty when that is never. */
    public Optional<Duration> timeToDrain() {
        long waiting = depth();
        double net = room.flow().recordsAcknowledged() - room.flow().recordsIn();
        if (waiting == 0) {
            return Optional.of(Duration.ZERO);
        }
        return net <= 0 ? Optional.empty() : Optional.of(seconds(waiting / net));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofSeconds((long) Math.min(seconds, MOST_SECONDS));
    }
}
