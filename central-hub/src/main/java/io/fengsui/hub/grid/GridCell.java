package io.fengsui.hub.grid;

import io.fengsui.protocol.value.Checks;
import io.fengsui.protocol.value.Name;

/** One grid: its code, as places of cameras and sensors give it, and what people call it. */
public record GridCell(String code, Name name) {
    public GridCell {
        Checks.id("grid code", code);
    }
}
