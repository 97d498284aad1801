package io.fengsui.rules.geometry;

import io.fengsui.protocol.value.Checks;
import io.fengsui.protocol.value.Name;

/** A named part of one camera's picture. Zones of one id on several cameras are one place to a rule. */
public record Zone(String id, Name name, Polygon polygon) {
    /** Most zones that a camera may have. */
    public static final int MAX_PER_CAMERA = 32;

    public Zone {
        Checks.id("zone", id);
    }
}
