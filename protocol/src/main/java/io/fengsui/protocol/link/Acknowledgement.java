package io.fengsui.protocol.link;

import io.fengsui.protocol.Lane;
import io.fengsui.protocol.value.Checks;

/** Everything of this lane up to this position is on the hub's disk. */
public record Acknowledgement(Lane lane, String epoch, long position) {
    public Acknowledgement {
        Checks.id("epoch", epoch);
    }
}
