package io.fengsui.edge.uplink;

import java.time.Duration;

/**
 * How many bytes of a lane may be on their way unacknowledged. What was handed to the system's buffers cannot be overtaken
 * any more: on a thin line a megabyte of backlog is eight seconds that a new alarm would wait. So a window
 * follows the line: it grows while acknowledgements come quickly, and shrinks while they come late. Confined to
 * {@code uplink}.
 */
final class LaneWindow {
    static final long LEAST_BYTES = 64 << 10;

    private static final long QUICK_NANOS = Duration.ofMillis(250).toNanos();
    private static final long LATE_NANOS = Duration.ofMillis(750).toNanos();

    private final long most;
    private long bytes;

    LaneWindow(long most) {
        this.most = most;
        this.bytes = Math.min(most, LEAST_BYTES);
    }

    long bytes() {
        return bytes;
    }

    /** So many bytes were acknowledged so long after they were handed over. */
    void acknowledged(long landed, long nanos) {
        if (nanos < QUICK_NANOS) {
            bytes = Math.min(most, bytes + landed);
        } else if (nanos > LATE_NANOS) {
            bytes = Math.max(Math.min(most, LEAST_BYTES), bytes - landed);
        }
    }
}
