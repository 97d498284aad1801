package io.fengsui.benchmarks.cameras;

/**
 * How much a run takes on itself.
 *
 * @param warmUp seconds until the agent is measured: cameras earn trust, and the JVM compiles
 * @param window seconds that are measured
 * @param trials most numbers of cameras that are tried for one capacity
 * @param precision when the least that failed is no more than so many times the most that held, that is enough
 */
record Effort(boolean isQuick, int warmUp, int peerWarmUp, int window, int trials, double precision) {
    static Effort quick() {
        return new Effort(true, 20, 6, 12, 1, 1.5);
    }

    static Effort full() {
        return new Effort(false, 180, 25, 60, 6, 1.10);
    }
}
