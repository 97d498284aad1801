package io.fengsui.protocol;

import io.fengsui.protocol.value.Checks;

/**
 * Where an event comes from.
 *
 * @param id of the camera, sensor, edge or hub
 * @param zone of the camera's picture; empty where there is none
 */
public record Source(SourceType type, String id, String zone) {
    public Source {
        Checks.id("source id", id);
        Checks.text("zone", zone);
    }

    public static Source camera(String id, String zone) {
        return new Source(SourceType.CAMERA, id, zone);
    }

    public static Source sensor(String id) {
        return new Source(SourceType.SENSOR, id, "");
    }

    public static Source edge(String id) {
        return new Source(SourceType.EDGE, id, "");
    }
}
