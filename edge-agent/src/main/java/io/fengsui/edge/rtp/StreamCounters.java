package io.fengsui.edge.rtp;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What came on one camera's streams so far, over all its sessions. Written by the stream's event loop, read by any
 * thread.
 */
public final class StreamCounters {
    private static final StreamProblem[] PROBLEMS = StreamProblem.values();

    private final AtomicLong packets = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong accessUnits = new AtomicLong();
    private final AtomicLong keyframes = new AtomicLong();
    private final AtomicLongArray problems = new AtomicLongArray(PROBLEMS.length);

    public void count(StreamProblem problem) {
        count(problem, 1);
    }

    public void count(StreamProblem problem, long times) {
        problems.addAndGet(problem.ordinal(), times);
    }

    void packet(int length) {
        packets.incrementAndGet();
        bytes.addAndGet(length);
    }

    void accessUnit(boolean isKeyframe) {
        accessUnits.incrementAndGet();
        if (isKeyframe) {
            keyframes.incrementAndGet();
        }
    }

    public long packets() {
        return packets.get();
    }

    /** Bytes of RTP packets, headers with them. */
    public long bytes() {
        return bytes.get();
    }

    public long accessUnits() {
        return accessUnits.get();
    }

    public long keyframes() {
        return keyframes.get();
    }

    public long of(StreamProblem problem) {
        return problems.get(problem.ordinal());
    }

    /** The problems that happened, with their counts. */
    public Map<StreamProblem, Long> problems() {
        Map<StreamProblem, Long> happened = new EnumMap<>(StreamProblem.class);
        for (StreamProblem problem : PROBLEMS) {
            long times = of(problem);
            if (times > 0) {
                happened.put(problem, times);
            }
        }
        return happened;
    }
}
