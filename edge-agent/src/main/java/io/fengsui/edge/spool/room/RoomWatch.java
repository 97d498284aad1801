package io.fengsui.edge.spool.room;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Notices, while a failed store waits for its next try, that others have made room on the disk: at least as much again as there
 * was, so that a little more each second does not make a try of each. Looks once a second. Confined to {@code ring-spool}.
 */
final class RoomWatch {
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    /** Less than that helps nobody: opening alone needs half of it. */
    private static final long WORTH_A_TRY = 1 << 20;

    private final LongSupplier usableBytes;
    private long usableThen = Long.MAX_VALUE;
    private long lookedAtNanos;
    private long neededBytes;
    private long notBeforeNanos;

    /** @param usableBytes what the file system has; the most there is when it cannot be told */
    RoomWatch(LongSupplier usableBytes) {
        this.usableBytes = usableBytes;
    }

    /** A try came to nothing just now. */
    void failed(long nowNanos) {
        failed(nowNanos, 0, 0);
    }

    /**
     * A try came to nothing just now, and another one costs much.
     *
     * @param needed less room than that helps nothing
     * @param pauseNanos until then no room is worth another try
     */
    void failed(long nowNanos, long needed, long pauseNanos) {
        usableThen = usableBytes.getAsLong();
        lookedAtNanos = nowNanos;
        neededBytes = needed;
        notBeforeNanos = nowNanos + pauseNanos;
    }

    /** Whether there is clearly more room than at the last try. */
    boolean hasCome(long nowNanos) {
        boolean isTooSoon = nowNanos - lookedAtNanos < PAUSE_NANOS || nowNanos - notBeforeNanos < 0;
        if (usableThen == Long.MAX_VALUE || isTooSoon) {
            return false;
        }
        lookedAtNanos = nowNanos;
        long usable = usableBytes.getAsLong();
        boolean isEnough = usable != Long.MAX_VALUE && usable >= neededBytes;
        return isEnough && usable - usableThen >= Math.max(WORTH_A_TRY, usableThen);
    }
}
