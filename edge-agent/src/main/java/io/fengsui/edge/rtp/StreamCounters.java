package io.fengsui.edge.rtp;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What came on one camera's streams so far, over all its sessions. Written by the stream's event loop, read by any
 * thread.
 */
public final class StreamCounters {
    private final AtomicLong packets = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong accessUnits = new AtomicLong();
    private final AtomicLong keyframes = new AtomicLong();
    private final Map<StreamProblem, AtomicLong> problems = new EnumMap<>(StreamProblem.class);

    public StreamCounters() {
        for (StreamProblem problem : StreamProblem.values()) {
            problems.put(problem, new AtomicLong());
        }
    }

    public void count(StreamProblem problem) {
        count(problem, 1);
    }

    public void count(StreamProblem problem, long times) {
        counter(problem).addAndGet(times);
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
        return counter(problem).get();
    }

    /** The problems that happened, with their counts. */
    public Map<StreamProblem, Long> problems() {
        Map<StreamProblem, Long> happened = new EnumMap<>(StreamProblem.class);
        problems.forEach((problem, times) -> {
            if (times.get() > 0) {
                happened.put(problem, times.get());
            }
        });
        return happened;
    }

    private AtomicLong counter(StreamProblem problem) {
        return Objects.requireNonNull(problems.get(problem));
    }
}
