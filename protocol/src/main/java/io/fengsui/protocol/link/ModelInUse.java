package io.fengsui.protocol.link;

import io.fengsui.protocol.value.Checks;
import io.fengsui.protocol.value.Sha256;

/** A detector that serves on the edge. */
public record ModelInUse(String name, String version, Sha256 sha256) {
    public ModelInUse {
        Checks.id("model", name);
        Checks.id("model version", version);
    }
}
