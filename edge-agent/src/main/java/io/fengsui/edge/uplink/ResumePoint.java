package io.fengsui.edge.uplink;

import io.fengsui.protocol.link.LanePosition;
import io.fengsui.protocol.link.LaneState;
import io.fengsui.protocol.value.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * From where on a lane is sent. The hub's position rules, be it newer (an acknowledgement was lost) or older (the hub was
 * restored from a backup), unless the two pasts differ.
 *
 * @param next first position to send
 * @param ownHash prefix hash of the own spool at the hub's position; {@link Sha256#NONE} when it is not known
 */
record ResumePoint(LanePosition hub, long next, Sha256 ownHash, ResumeReason reason) {
    private static final Sha256 ZEROS = Sha256.of(new byte[32]);

    /** Why it is so. */
    enum ResumeReason {
        /** As the edge knew. */
        AGREED,
        /** The hub has more than it was known to have acknowledged. */
        HUB_AHEAD,
        /** The hub has less than it once acknowledged. */
        HUB_REWOUND,
        /** What follows the hub's position is not held any more. */
        RECORDS_GONE,
        /** Same position, another past. */
        HASH_DIFFERS,
        /** The hub has a position that this spool has never reached. */
        NEVER_WRITTEN;

        boolean isFork() {
            return this == HASH_DIFFERS || this == NEVER_WRITTEN;
        }
    }

    /**
     * Decides. Pure.
     *
     * @param hashAtHub own prefix hash at the hub's position; null when it is not held
     */
    static ResumePoint decide(LaneState own, LanePosition hub, byte @Nullable [] hashAtHub) {
        Sha256 ownHash = hashAtHub == null ? Sha256.NONE : Sha256.of(hashAtHub);
        long next = hub.position() + 1;
        if (hub.position() > own.last()) {
            return new ResumePoint(hub, next, Sha256.NONE, ResumeReason.NEVER_WRITTEN);
        }
        boolean isComparable =
                hub.position() > 0 && !ownHash.isNone() && !hub.prefixHash().isNone();
        if (isComparable && !ownHash.equals(hub.prefixHash()) && !ownHash.equals(ZEROS)) {
            return new ResumePoint(hub, next, ownHash, ResumeReason.HASH_DIFFERS);
        }
        if (next < own.first()) {
            return new ResumePoint(hub, own.first(), ownHash, ResumeReason.RECORDS_GONE);
        }
        int compared = Long.compare(hub.position(), own.acknowledged());
        ResumeReason reason =
                compared == 0 ? ResumeReason.AGREED : compared > 0 ? ResumeReason.HUB_AHEAD : ResumeReason.HUB_REWOUND;
        return new ResumePoint(hub, next, ownHash, reason);
    }
}
