package io.fengsui.protocol.link;

import io.fengsui.protocol.value.Checks;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;

/** A sensor, as the edge's inventory tells of it. */
public record SensorInfo(String id, Name name, Place place, String subject, String quantity) {
    public SensorInfo {
        Checks.id("sensor id", id);
        Checks.text("subject", subject);
        Checks.text("quantity", quantity);
    }
}
