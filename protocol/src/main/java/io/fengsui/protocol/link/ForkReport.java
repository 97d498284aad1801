package io.fengsui.protocol.link;

import io.fengsui.protocol.Lane;
import io.fengsui.protocol.value.Sha256;

/** The edge found that its own prefix of a lane differs from the hub's: two spools have had one identity. */
public record ForkReport(Lane lane, long position, Sha256 ownHash, Sha256 hubHash) {
    public ForkReport {
        if (position < 1) {
            throw new IllegalArgumentException("prefixes differ from position 1 on, not at " + position);
        }
    }
}
