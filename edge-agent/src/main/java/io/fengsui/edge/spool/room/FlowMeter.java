package io.fengsui.edge.spool.room;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How fast a spool fills and drains: differences over the last five minutes, a mark each ten seconds. Thread-safe. */
final class FlowMeter {
    private static final long STEP = Duration.ofSeconds(10).toNanos();
    private static final long SPAN = Duration.ofMinutes(5).toNanos();

    private record Mark(long nanos, long bytes, long last, long acknowledged) {}

    private final Deque<Mark> marks = new ArrayDeque<>();
    private Mark newest = new Mark(0, 0, 0, 0);

    /** Where things stand now; a byte count that went back (a new connection) begins anew. */
    synchronized void at(long nanos, long bytes, long last, long acknowledged) {
        if (bytes < newest.bytes()) {
            marks.clear();
        }
        newest = new Mark(nanos, bytes, last, acknowledged);
        if (marks.isEmpty() || nanos - marks.getLast().nanos() >= STEP) {
            marks.add(newest);
        }
        while (marks.size() > 1 && nanos - marks.getFirst().nanos() > SPAN) {
            marks.removeFirst();
        }
    }

    synchronized SpoolStats.Flow flow(long nowNanos) {
        Mark oldest = marks.peekFirst();
        if (oldest == null || nowNanos - oldest.nanos() < STEP) {
            return SpoolStats.Flow.NONE;
        }
        double seconds = (nowNanos - oldest.nanos()) / 1e9;
        return new SpoolStats.Flow(
                (newest.bytes() - oldest.bytes()) / seconds,
                (newest.last() - oldest.last()) / seconds,
                Math.max(0, newest.acknowledged() - oldest.acknowledged()) / seconds);
    }
}
