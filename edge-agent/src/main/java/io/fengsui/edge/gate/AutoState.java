package io.fengsui.edge.gate;

/**
 * What the gate of one camera remembers from picture to picture. Immutable; times are of the steady clock.
 *
 * @param phaseNanos when the phase began; while it is open, the last find
 * @param lookNanos the detector's last look
 * @param sampleNanos the last small picture
 * @param auditNanos when the next sample of shut time is due
 * @param awaited the answer that is on its way
 * @param awaitedNanos since when
 * @param isMovement a small picture showed movement that nobody has looked at yet
 * @param isActive sizes showed activity in the picture before
 * @param empty looks in a row that found nothing
 * @param steady looks in a row that found the same in the same place
 */
record AutoState(
        Phase phase,
        long phaseNanos,
        long lookNanos,
        long sampleNanos,
        long auditNanos,
        Awaited awaited,
        long awaitedNanos,
        boolean isMovement,
        boolean isActive,
        int empty,
        int steady) {
    /** Where a camera is between asleep and awake. */
    enum Phase {
        /** Nobody has looked at this stream yet. */
        FIRST,
        /** Asleep. */
        SHUT,
        /** Something is there, or may be: followed at the standard rate. */
        OPEN,
        /** Something moves on that was looked at and is nothing that is looked for. */
        RESTLESS
    }

    /** What was asked for. */
    enum Awaited {
        NOTHING,
        /** A small picture. */
        LUMA,
        /** Detections. */
        SEEN
    }

    /** Of a new stream. */
    static AutoState first(long nowNanos, long auditNanos) {
        return new AutoState(
                Phase.FIRST, nowNanos, nowNanos, nowNanos, auditNanos, Awaited.NOTHING, nowNanos, false, false, 0, 0);
    }

    boolean isAwake() {
        return phase == Phase.OPEN || phase == Phase.RESTLESS;
    }

    /** Asleep with something in view that has not moved for long. */
    boolean isSettled() {
        return phase == Phase.SHUT && steady > 0;
    }

    AutoState in(Phase next, long nowNanos) {
        return new AutoState(
                next, nowNanos, lookNanos, sampleNanos, auditNanos, awaited, awaitedNanos, false, isActive, 0, 0);
    }

    AutoState asked(Awaited what, long nowNanos) {
        return new AutoState(
                phase,
                phaseNanos,
                what == Awaited.SEEN ? nowNanos : lookNanos,
                what == Awaited.LUMA ? nowNanos : sampleNanos,
                auditNanos,
                what,
                nowNanos,
                isMovement && what != Awaited.SEEN,
                isActive,
                empty,
                steady);
    }

    AutoState answered() {
        return new AutoState(
                phase,
                phaseNanos,
                lookNanos,
                sampleNanos,
                auditNanos,
                Awaited.NOTHING,
                awaitedNanos,
                isMovement,
                isActive,
                empty,
                steady);
    }

    AutoState active(boolean now) {
        return now == isActive
                ? this
                : new AutoState(
                        phase,
                        phaseNanos,
                        lookNanos,
                        sampleNanos,
                        auditNanos,
                        awaited,
                        awaitedNanos,
                        isMovement,
                        now,
                        empty,
                        steady);
    }

    AutoState moved() {
        return new AutoState(
                phase,
                phaseNanos,
                lookNanos,
                sampleNanos,
                auditNanos,
                awaited,
                awaitedNanos,
                true,
                isActive,
                empty,
                steady);
    }

    AutoState found(int emptyLooks, int steadyLooks) {
        return new AutoState(
                phase,
                phaseNanos,
                lookNanos,
                sampleNanos,
                auditNanos,
                awaited,
                awaitedNanos,
                isMovement,
                isActive,
                emptyLooks,
                steadyLooks);
    }

    AutoState nextAudit(long dueNanos) {
        return new AutoState(
                phase,
                phaseNanos,
                lookNanos,
                sampleNanos,
                dueNanos,
                awaited,
                awaitedNanos,
                isMovement,
                isActive,
                empty,
                steady);
    }
}
