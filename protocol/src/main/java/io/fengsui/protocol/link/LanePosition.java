package io.fengsui.protocol.link;

import io.fengsui.protocol.Lane;
import io.fengsui.protocol.value.Sha256;

/** Up to where a lane is committed on the hub; 0 and no hash when nothing is. */
public record LanePosition(Lane lane, long position, Sha256 prefixHash) {
    public LanePosition {
        if (position < 0) {
            throw new IllegalArgumentException("a position is not negative: " + position);
        }
    }
}
