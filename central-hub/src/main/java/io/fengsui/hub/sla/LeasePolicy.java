package io.fengsui.hub.sla;

import java.time.Duration;

/** Decides whether an open event of a connected edge is still believed. Pure. */
final class LeasePolicy {
    private LeasePolicy() {}

    enum LeaseReason {
        /** Nothing changes. */
        HOLDS,
        /** Neither the edge nor news has named it for as long as it is believed. */
        RAN_OUT,
        /** It was doubted, and its edge holds it open. */
        RENEWED
    }

    /**
     * @param lease for how long it is believed without a word; zero: for ever
     * @param unnamed for how long there was no word of it
     * @param isNamed whether its edge has named it since it connected
     */
    static LeaseReason decide(Duration lease, Duration unnamed, boolean isNamed, boolean isUnconfirmed) {
        boolean isOver = !lease.isZero() && unnamed.compareTo(lease) > 0;
        if (isUnconfirmed) {
            return isNamed && !isOver ? LeaseReason.RENEWED : LeaseReason.HOLDS;
        }
        return isOver ? LeaseReason.RAN_OUT : LeaseReason.HOLDS;
    }
}
