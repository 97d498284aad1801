package io.fengsui.edge.rtp;

/**
 * Extends 32-bit RTP timestamps to 64 bits: the value nearest to the former one. Cameras stamp single pictures hours
 * off; each step of more than a minute is counted, and nothing but order and rate may rest on the result.
 */
final class TimestampUnwrapper {
    private static final int JUMP_SECONDS = 60;

    private final StreamCounters counters;
    private final long maxStep;
    private boolean started;
    private long last;

    TimestampUnwrapper(StreamCounters counters, int clockRate) {
        this.counters = counters;
        this.maxStep = (long) JUMP_SECONDS * clockRate;
    }

    long unwrap(long timestamp) {
        if (!started) {
            started = true;
            last = timestamp;
            return last;
        }
        int step = (int) (timestamp - last);
        if (Math.abs((long) step) > maxStep) {
            counters.count(StreamProblem.TIMESTAMP_JUMP);
        }
        last += step;
        return last;
    }
}
