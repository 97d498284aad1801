package io.fengsui.edge.rtsp.net;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets a loop wait for sockets no more often than every few milliseconds: cameras send a picture as many packets with
 * pauses in between, and without this each packet would be a wake-up and a read of its own. A loop that has tasks, or
 * that has slept longer than that, does not wait. Confined to its loop's thread.
 */
final class GatheringSelect implements SelectStrategy {
    /** Little beside a picture's 40 ms and more; long enough for the packets of a keyframe. */
    static final Duration ROUND = Duration.ofMillis(4);

    private long lastNanos = System.nanoTime() - ROUND.toNanos();

    @Override
    public int calculateStrategy(IntSupplier selectSupplier, boolean hasTasks) throws Exception {
        if (hasTasks) {
            return selectSupplier.get();
        }
        long left = ROUND.toNanos() - (System.nanoTime() - lastNanos);
        if (left > 0) {
            LockSupport.parkNanos(left);
        }
        lastNanos = System.nanoTime();
        return SelectStrategy.SELECT;
    }
}
