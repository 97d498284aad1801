package io.fengsui.edge.spool.room;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a store that failed is tried again: after a pause that grows until something is committed, sooner where others make room on the
 * disk. Confined to {@code ring-spool}; steady nanoseconds.
 */
public final class RetryPause {
    private static final Logger LOG = LoggerFactory.getLogger(RetryPause.class);
    private static final long FIRST_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_NANOS = Duration.ofSeconds(30).toNanos();
    /** After a rebuild that came to nothing, which wrote the whole spool out: a card that is worn is not to be worn by that. */
    private static final long REBUILD_NANOS = Duration.ofMinutes(10).toNanos();
    /** Not even where room comes and goes. */
    private static final long EARLY_REBUILD_NANOS = Duration.ofMinutes(5).toNanos();
    /** Of the disk's time at most a tenth goes into tries that come to nothing, as long as the pause is no longer than that. */
    private static final int FACTOR = 10;

    private final RoomWatch room;
    private long overAtNanos;
    private long nextNanos = FIRST_NANOS;
    /** Of the last attempt; 0 after a commit. */
    private long tookNanos;

    /**
     * The first try is due now.
     *
     * @param usableBytes what the file system has; the most there is when it cannot be told
     */
    public RetryPause(LongSupplier usableBytes, long nowNanos) {
        this.room = new RoomWatch(usableBytes);
        this.overAtNanos = nowNanos;
    }

    /** Whether a try is due. */
    public boolean isOver(long nowNanos) {
        if (nowNanos - overAtNanos < 0 && room.hasCome(nowNanos)) {
            LOG.info("there is room on the disk again: the spool is tried sooner");
            overAtNanos = nowNanos;
        }
        return nowNanos - overAtNanos >= 0;
    }

    /** It is over: there is more room. */
    public void end(long nowNanos) {
        overAtNanos = nowNanos;
    }

    /** A commit came through: the next failure is tried again soon. */
    public void worked() {
        nextNanos = FIRST_NANOS;
        tookNanos = 0;
    }

    /** An attempt to open and verify it has ended, whatever came of it. */
    public void tried(long beganNanos, long nowNanos) {
        tookNanos = nowNanos - beganNanos;
    }

    /** It could not be opened. */
    public void notOpened(long nowNanos) {
        notOpened(nowNanos, 0);
        room.failed(nowNanos);
    }

    /** The folder is another's. */
    public void notOurs(long nowNanos) {
        notOpened(nowNanos, LONGEST_NANOS);
        room.failed(nowNanos);
    }

    /** It is damaged, and what it was rebuilt to came to nothing. */
    public void notRebuilt(long nowNanos, long fileBytes) {
        notOpened(nowNanos, REBUILD_NANOS);
        room.failed(nowNanos, fileBytes, EARLY_REBUILD_NANOS);
    }

    private void notOpened(long nowNanos, long leastNanos) {
        nextNanos = Math.min(2 * nextNanos, LONGEST_NANOS);
        overAtNanos = nowNanos + Math.max(Math.max(nextNanos, leastNanos), rest());
    }

    /** It was open, and a write failed. */
    public void notWritten(long nowNanos) {
        overAtNanos = nowNanos + Math.max(nextNanos, rest());
        nextNanos = Math.min(2 * nextNanos, LONGEST_NANOS);
        room.failed(nowNanos);
    }

    /** What took long is not done again soon, whatever failed after it. */
    private long rest() {
        return Math.min(FACTOR * tookNanos, REBUILD_NANOS);
    }
}
