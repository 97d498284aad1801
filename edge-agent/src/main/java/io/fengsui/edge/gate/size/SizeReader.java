package io.fengsui.edge.gate.size;

import io.fengsui.edge.bitstream.AccessUnit;

/** Takes from an access unit what tier 0 wants to know. Confined to the camera's event loop. */
public final class SizeReader {
    public UnitFacts read(AccessUnit unit) {
        return new UnitFacts(unit.isKeyframe(), unit.annexB().length, UnitFacts.NO_QP, 0);
    }
}
