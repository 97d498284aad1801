package io.fengsui.protocol;

import io.fengsui.protocol.value.Checks;
import java.util.regex.Pattern;

/** What happened, dotted from general to particular: {@code safety.intrusion}, {@code water.level.high}. */
public record EventKind(String value) {
    private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*){1,5}");

    public static final EventKind CAMERA_OFFLINE = new EventKind("health.camera.offline");
    public static final EventKind CAMERA_QUARANTINED = new EventKind("health.camera.quarantined");
    public static final EventKind SENSOR_SILENT = new EventKind("health.sensor.silent");
    public static final EventKind SENSOR_STUCK = new EventKind("health.sensor.stuck");
    public static final EventKind EDGE_SILENT = new EventKind("health.edge.silent");
    public static final EventKind CONFIGURATION_REFUSED = new EventKind("health.configuration.refused");
    public static final EventKind VISION_FAILED = new EventKind("health.vision.failed");
    public static final EventKind STORAGE_FAILED = new EventKind("health.storage.failed");
    public static final EventKind RECORDS_DROPPED = new EventKind("health.records.dropped");

    public EventKind {
        Checks.id("kind", value);
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a kind is two to six words of a-z, 0-9 and '-', joined by dots; not '" + value + "'");
        }
    }

    /** Whether this kind tells of Fengsui's own parts and not of the place it watches. */
    public boolean isHealth() {
        return value.startsWith("health.");
    }

    /** Whether rules find it: everything that is no health, and a sensor that says the same for too long. */
    public boolean isFoundByRules() {
        return !isHealth() || equals(SENSOR_STUCK);
    }

    @Override
    public String toString() {
        return value;
    }
}
