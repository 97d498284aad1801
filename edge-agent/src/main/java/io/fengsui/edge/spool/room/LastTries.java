package io.fengsui.edge.spool.room;

import io.fengsui.runtime.TimeSource;
import java.time.Duration;

/**
 * How often it is tried at the end to write what is held: twice where the disk fails, the second time with the ballast's room; for
 * some seconds where it is well and one of those held cannot be written, which the others are not to suffer for. Confined to one thread.
 */
public final class LastTries {
    private static final int MOST = 2;
    private static final int MOST_OF_A_DISK_THAT_IS_WELL = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final TimeSource time;
    private final long beganNanos;
    private int tries;

    public LastTries(TimeSource time) {
        this.time = time;
        this.beganNanos = time.steadyNanos();
    }

    /**
     * Takes the next one, if there is one left.
     *
     * @param isDiskWell whether the last one failed by something else
     */
    public boolean hasNext(boolean isDiskWell) {
        boolean isInTime = time.steadyNanos() - beganNanos < PATIENCE.toNanos();
        return tries++ < (isDiskWell && isInTime ? MOST_OF_A_DISK_THAT_IS_WELL : MOST);
    }
}
