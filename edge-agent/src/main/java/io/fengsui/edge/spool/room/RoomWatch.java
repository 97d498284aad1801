package io.fengsui.edge.spool.room;

import java.time.Duration;

/**
 * Notices, while a failed store waits for its next try, that others have made room on the disk: at least as much again as there
 * was, so that a little more each second does not make a try of each. Looks once a second. Confined to {@code ring-spool}.
 */
public final class RoomWatch {
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    /** Less than that helps nobody: opening alone needs half of it. */
    private static final long WORTH_A_TRY = 1 << 20;

    private final Ballast ballast;
    private long usableThen = Long.MAX_VALUE;
    private long lookedAtNanos;

    public RoomWatch(Ballast ballast) {
        this.ballast = ballast;
    }

    /** A try came to nothing just now. */
    public void failed(long nowNanos) {
        usableThen = ballast.usable();
        lookedAtNanos = nowNanos;
    }

    /** Whether there is clearly more room than at the last try. */
    public boolean hasCome(long nowNanos) {
        if (usableThen == Long.MAX_VALUE || nowNanos - lookedAtNanos < PAUSE_NANOS) {
            return false;
        }
        lookedAtNanos = nowNanos;
        long usable = ballast.usable();
        return usable != Long.MAX_VALUE && usable - usableThen >= Math.max(WORTH_A_TRY, usableThen);
    }
}
