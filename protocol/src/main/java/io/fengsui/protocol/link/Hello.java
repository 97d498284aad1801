package io.fengsui.protocol.link;

import io.fengsui.protocol.Lane;
import io.fengsui.protocol.value.Checks;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Name;
import java.util.List;

/** The edge's first word on every connection. */
public record Hello(
        int protocolVersion,
        String softwareVersion,
        Identity identity,
        Moment clock,
        List<LaneState> lanes,
        Inventory inventory,
        String configurationHash) {

    /** The version of the conversation that this code speaks. */
    public static final int PROTOCOL_VERSION = 1;

    public static final int MAX_INVENTORY = 20_000;

    /**
     * Who speaks.
     *
     * @param epoch born with the spool (created or restored), not with a boot
     * @param fingerprint of the hardware: two boxes with one identity are a fork
     */
    public record Identity(String edge, String site, Name siteName, String epoch, String bootId, String fingerprint) {
        public Identity {
            Checks.id("edge", edge);
            Checks.id("site", site);
            Checks.id("epoch", epoch);
            Checks.text("boot id", bootId);
            Checks.text("fingerprint", fingerprint);
        }
    }

    /** What the edge has: its cameras, sensors and serving models. */
    public record Inventory(List<CameraInfo> cameras, List<SensorInfo> sensors, List<ModelInUse> models) {
        public Inventory {
            Checks.count("cameras", cameras.size(), MAX_INVENTORY);
            Checks.count("sensors", sensors.size(), MAX_INVENTORY);
            Checks.count("models", models.size(), 100);
            cameras = List.copyOf(cameras);
            sensors = List.copyOf(sensors);
            models = List.copyOf(models);
        }
    }

    public Hello {
        Checks.text("software version", softwareVersion);
        Checks.text("configuration hash", configurationHash);
        Checks.count("lanes", lanes.size(), Lane.values().length);
        lanes = List.copyOf(lanes);
    }
}
