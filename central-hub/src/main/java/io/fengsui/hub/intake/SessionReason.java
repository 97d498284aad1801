package io.fengsui.hub.intake;

import io.fengsui.protocol.link.Hello;
import java.time.Duration;

/** Whether a newcomer gets the session of an identity that already has one, and why. */
public enum SessionReason {
    /** The same box after a broken connection: the old connection is closed. */
    SAME_BOX_AGAIN,
    /** The old one has been quiet for too long to be alive: it is closed. */
    OLD_ONE_DEAD,
    /** The same hardware under another boot or spool while the old one is still heard of: come again later. */
    STILL_HEARD,
    /** Other hardware under the same name, with a spool of its own. */
    OTHER_BOX,
    /** Other hardware with a copy of the same spool: neither is to be believed. */
    COPY_OF_SPOOL;

    /** Decides. Pure. */
    static SessionReason decide(Hello.Identity old, Duration quiet, Hello.Identity newcomer, Duration deadAfter) {
        boolean isSameHardware = old.fingerprint().equals(newcomer.fingerprint());
        boolean isSameSpool = old.epoch().equals(newcomer.epoch());
        if (isSameHardware && isSameSpool && old.bootId().equals(newcomer.bootId())) {
            return SAME_BOX_AGAIN;
        }
        if (quiet.compareTo(deadAfter) >= 0) {
            return OLD_ONE_DEAD;
        }
        if (isSameHardware) {
            return STILL_HEARD;
        }
        return isSameSpool ? COPY_OF_SPOOL : OTHER_BOX;
    }

    boolean isTakeover() {
        return this == SAME_BOX_AGAIN || this == OLD_ONE_DEAD;
    }
}
