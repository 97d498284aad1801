package io.fengsui.edge.config;

import io.fengsui.edge.camera.CameraSettings;
import io.fengsui.edge.camera.gop.GopSettings;
import io.fengsui.edge.config.AgentSettings.Video;
import io.fengsui.edge.config.AgentSettings.Vision;
import io.fengsui.edge.gate.GateSettings;
import io.fengsui.edge.patrol.PatrolSettings;
import io.fengsui.edge.rtsp.Credentials;
import io.fengsui.edge.rtsp.RtspSettings;
import io.fengsui.edge.vision.VisionSettings.InputSize;
import io.fengsui.edge.vision.model.BadModelException;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import io.fengsui.rules.geometry.Mask;
import io.fengsui.rules.geometry.Zone;
import io.fengsui.rules.reader.ZoneReader;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem.Code;
import io.fengsui.settings.Secret;
import io.fengsui.settings.ValueReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code vision} and {@code cameras}. */
final class VideoSection {
    private static final Pattern GATE = Pattern.compile("auto|keyframe|all|every-[1-9][0-9]{0,4}");
    private static final Pattern SIZE = Pattern.compile("[1-9][0-9]{1,2}x[1-9][0-9]{1,2}");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ModelProbe probe;
    private final Map<String, MapReader> seen = new HashMap<>();
    private final Map<String, List<String>> zones = new HashMap<>();
    private Set<String> labels = Set.of();

    VideoSection(ModelProbe probe) {
        this.probe = probe;
    }

    Optional<Video> read(MapReader root) {
        Optional<Vision> vision = vision(root.mapOrEmpty("vision"));
        List<CameraEntry> cameras = root.maps("cameras", this::camera);
        List<PatrolSettings> patrols = new PatrolSection(root.declared("cameras", "id"), labels).read(root);
        return vision.map(v -> new Video(v, cameras, patrols));
    }

    /** What the model can see; empty when it is not known. */
    Set<String> labels() {
        return labels;
    }

    /** The zones of each camera, also of those in which something is wrong. */
    Map<String, List<String>> zones() {
        return zones;
    }

    private Optional<Vision> vision(MapReader in) {
        boolean isEnabled = in.bool("enabled", true);
        Path directory = in.path("models", "../models");
        String model = in.has("model") ? in.id("model") : "nanodet-g";
        String version = in.has("version") ? in.id("version") : "1";
        int workers = in.integer("workers", 1, 16, 1);
        int threads = in.integer("infer-threads", 0, 64, 0);
        Duration maxAge = in.duration("max-frame-age", SECOND, Duration.ofMinutes(1), Duration.ofSeconds(5));
        InputSize input = input(in);
        boolean hasSpare = in.bool("spare-worker", true);
        long kept = in.bytes(
                "kept-pictures", GopSettings.MIN_BUDGET, GopSettings.MAX_BUDGET, GopSettings.USUAL.budgetBytes());
        Path folder = directory.resolve(model).resolve(version);
        if (isEnabled) {
            probe(in, folder);
        }
        return in.finish(() -> new Vision(isEnabled, folder, input, workers, threads, hasSpare, maxAge, kept));
    }

    private static InputSize input(MapReader in) {
        if (!in.has("input")) {
            return InputSize.OF_THE_MODEL;
        }
        String[] sides =
                in.matching("input", SIZE, "WIDTHxHEIGHT, such as 320x192").split("x", 2);
        return sides.length == 2
                ? new InputSize(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]))
                : InputSize.OF_THE_MODEL;
    }

    private void probe(MapReader in, Path folder) {
        try {
            labels = probe.labels(folder);
        } catch (BadModelException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            in.problem(
                    "model",
                    Code.REFERENCE,
                    "the model cannot be served: " + reason,
                    "the name of a model below 'models', whose files are as its model.yaml says, or 'enabled: false'");
        }
    }

    private Optional<CameraEntry> camera(MapReader in) {
        String id = SharedReading.uniqueId(in, "id", "camera", seen);
        zones.putIfAbsent(id, List.copyOf(in.declared("zones", "id")));
        Name name = SharedReading.name(in, id);
        Place place = SharedReading.place(in);
        String subject = in.string("subject", "");
        Optional<RtspSettings> rtsp =
                in.required("rtsp").flatMap(ValueReader::map).flatMap(VideoSection::rtsp);
        Duration stall = in.duration("stall-after", SECOND, Duration.ofHours(1), CameraSettings.MIN_STALL);
        String gate =
                in.has("gate") ? in.matching("gate", GATE, "auto, keyframe, all or every-N such as every-5") : "auto";
        double audit = in.number("audit-share", 0, 1, GateSettings.Interest.USUAL_AUDIT);
        Duration interval = in.duration("min-interval", Duration.ZERO, Duration.ofDays(1), Duration.ZERO);
        List<Zone> zones = ZoneReader.read(in);
        List<Mask> masks = ZoneReader.masks(in, labels);
        boolean keepsLastSeen = in.bool("keep-last-seen", false);
        return in.finish(() -> new CameraEntry(
                new CameraSettings(id, rtsp.orElseThrow(), stall),
                GateSettings.of(gate, interval).with(new GateSettings.Interest(Set.of(), Duration.ZERO, audit)),
                name,
                place,
                subject,
                zones,
                masks,
                keepsLastSeen));
    }

    private static Optional<RtspSettings> rtsp(MapReader in) {
        Optional<URI> uri = in.required("uri").flatMap(v -> v.uri("rtsp"));
        String username = in.string("username", "");
        boolean isBasicAllowed = in.bool("allow-basic", false);
        Optional<Secret> password = username.isEmpty() ? in.secret("password") : in.requiredSecret("password");
        if (username.isEmpty() && password.isPresent()) {
            in.problem("username", Code.MISSING, "a password without a username", "'username: NAME' beside it");
        }
        Duration connect = in.duration("connect-timeout", SECOND, Duration.ofMinutes(1), RtspSettings.CONNECT_TIMEOUT);
        Duration response =
                in.duration("response-timeout", SECOND, Duration.ofMinutes(1), RtspSettings.RESPONSE_TIMEOUT);
        return in.finish(() -> {
            Credentials credentials =
                    password.map(p -> new Credentials(username, p::reveal)).orElse(null);
            return new RtspSettings(uri.orElseThrow(), credentials, isBasicAllowed, connect, response);
        });
    }
}
