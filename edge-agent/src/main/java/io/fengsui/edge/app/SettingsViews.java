package io.fengsui.edge.app;

import io.fengsui.edge.camera.CameraFleet;
import io.fengsui.edge.camera.gop.GopSettings;
import io.fengsui.edge.config.AgentSettings;
import io.fengsui.edge.config.CameraEntry;
import io.fengsui.edge.decide.event.DecideSettings;
import io.fengsui.edge.decide.event.DecideSettings.CameraSpot;
import io.fengsui.edge.decide.event.DecideSettings.SensorSpot;
import io.fengsui.edge.evidence.EvidenceSettings;
import io.fengsui.edge.patrol.Patrols;
import io.fengsui.edge.sensor.SensorSettings;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.edge.uplink.UplinkSettings;
import io.fengsui.edge.vision.VisionSettings;
import io.fengsui.protocol.value.Name;
import io.fengsui.rules.RuleSet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The settings of the file as each stage wants them. Pure. */
final class SettingsViews {
    private static final int EVIDENCE_QUEUE = 64;
    private static final Duration EVIDENCE_PATIENCE = Duration.ofSeconds(15);

    private SettingsViews() {}

    static SpoolSettings spool(AgentSettings settings) {
        SpoolSettings usual = SpoolSettings.in(settings.storage().dataDirectory());
        return new SpoolSettings(
                usual.directory(),
                settings.storage().maxSpoolBytes(),
                settings.storage().keepAcknowledged(),
                Math.min(usual.keepAcknowledgedBytes(), settings.storage().maxSpoolBytes() / 8),
                usual.quarantineRows(),
                usual.heldSlots(),
                settings.storage().spare().ballastBytes());
    }

    /** Where libraries of the agent itself and of its workers are unpacked. */
    static Path nativeLibraries(AgentSettings settings) {
        return VisionSettings.Folders.below(settings.storage().dataDirectory()).nativeLibraries();
    }

    static EvidenceSettings evidence(AgentSettings settings) {
        return new EvidenceSettings(
                settings.storage().dataDirectory().resolve("evidence"),
                settings.storage().maxEvidenceBytes(),
                EVIDENCE_QUEUE,
                EVIDENCE_PATIENCE,
                settings.storage().spare().freeBytes());
    }

    static UplinkSettings uplink(AgentSettings settings) {
        AgentSettings.Hub hub = settings.outward().hub();
        UplinkSettings.Security security = hub.tls()
                .map(tls -> new UplinkSettings.Security(
                        false, tls.caFile(), hub.tokenFile(), tls.certificateFile(), tls.keyFile()))
                .orElse(new UplinkSettings.Security(true, null, hub.tokenFile(), null, null));
        return new UplinkSettings(hub.host(), hub.port(), security, UplinkSettings.Timing.DEFAULT);
    }

    static CameraFleet.Limits fleet(AgentSettings settings) {
        GopSettings usual = GopSettings.USUAL;
        return CameraFleet.Limits.USUAL.with(
                new GopSettings(settings.video().vision().keptBytes(), usual.maxBytesPerCamera()));
    }

    static VisionSettings vision(AgentSettings settings) {
        AgentSettings.Vision vision = settings.video().vision();
        VisionSettings usual =
                VisionSettings.defaults(vision.model(), settings.storage().dataDirectory());
        return new VisionSettings(
                vision.model(),
                vision.input(),
                new VisionSettings.Staff(
                        vision.workers(),
                        vision.inferThreads() == 0 ? usual.inferThreads() : vision.inferThreads(),
                        vision.hasSpare()),
                vision.maxFrameAge(),
                usual.limits(),
                usual.folders());
    }

    /** One worker with one model, beside those that serve: it waits for its pictures as long as it takes to start. */
    static VisionSettings alone(VisionSettings usual, Path model) {
        return new VisionSettings(
                model,
                VisionSettings.InputSize.OF_THE_MODEL,
                new VisionSettings.Staff(1, 1, false),
                Duration.ofSeconds(60),
                usual.limits(),
                usual.folders());
    }

    static DecideSettings decide(AgentSettings settings) {
        Map<String, CameraSpot> cameras = new HashMap<>();
        for (CameraEntry camera : settings.cameras()) {
            cameras.put(
                    camera.id(),
                    new CameraSpot(
                            camera.place(), camera.subject(), camera.zones(), camera.masks(), camera.keepsLastSeen()));
        }
        Map<String, SensorSpot> sensors = new HashMap<>();
        for (SensorSettings sensor : settings.field().sensors()) {
            sensors.put(
                    sensor.id(),
                    new SensorSpot(sensor.place(), sensor.subject(), sensor.broker(), sensor.silentAfter()));
        }
        AgentSettings.Identity identity = settings.identity();
        AgentSettings.Patience patience = settings.decisions().patience();
        DecideSettings.Limits usual = DecideSettings.Limits.DEFAULT;
        DecideSettings.Limits limits = new DecideSettings.Limits(
                patience.cameraOfflineAfter(),
                patience.brokerOfflineAfter(),
                patience.visionDownAfter(),
                usual.evidenceTimeout(),
                usual.pictureWidth(),
                usual.pictureQuality());
        return new DecideSettings(identity.edge(), identity.site(), identity.place(), cameras, sensors, limits);
    }

    static void apply(AgentSettings settings, Patrols patrols) {
        Map<String, Name> names = new HashMap<>();
        settings.cameras().forEach(camera -> names.put(camera.id(), camera.name()));
        patrols.apply(settings.video().patrols(), names);
    }

    static RuleSet rules(AgentSettings settings) {
        return RuleSet.compile(
                settings.rules(), settings.zones(), settings.decisions().modes());
    }
}
