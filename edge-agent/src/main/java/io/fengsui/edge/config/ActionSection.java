package io.fengsui.edge.config;

import io.fengsui.edge.action.ActionSettings;
import io.fengsui.edge.action.ActionSettings.Effort;
import io.fengsui.edge.action.Deed;
import io.fengsui.protocol.Severity;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem.Code;
import io.fengsui.settings.Secret;
import io.fengsui.settings.ValueReader;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads one of {@code actions}. Confined. */
final class ActionSection {
    private static final Pattern TOPIC = Pattern.compile("[^+#\u0000]{1,128}");
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)*(\\.\\*)?");
    private static final String DEEDS =
            "'topic: …' to publish, 'call: {uri: https://…}', 'snapshot: CAMERA' or 'frame-rate: {camera: CAMERA}'";

    private final Map<String, MapReader> seen;
    private final Function<MapReader, String> brokerName;

    /** @param brokerName reads the key {@code broker} */
    ActionSection(Map<String, MapReader> seen, Function<MapReader, String> brokerName) {
        this.seen = seen;
        this.brokerName = brokerName;
    }

    Optional<ActionSettings> read(MapReader in) {
        String name = SharedReading.uniqueId(in, "name", "action", seen);
        List<String> kinds =
                in.list("kinds", v -> v.matching(KIND, "a kind such as water.level.high, or water.* for all below it"));
        if (kinds.isEmpty() && !in.has("kinds")) {
            in.problem("kinds", Code.MISSING, "the action answers to no kind", "'kinds: [water.*]'");
        }
        Severity severity = in.enumeration("min-severity", Severity.class, Severity.INFO);
        Optional<Deed> deed = deed(in);
        String text = in.has("snapshot") || in.has("frame-rate")
                ? in.string("text", "")
                : in.required("text").flatMap(ValueReader::string).orElse("");
        Duration coolDown = in.duration("cool-down", Duration.ZERO, Duration.ofDays(1), Duration.ofMinutes(5));
        int tries = in.integer("tries", 1, 20, Effort.USUAL_TRIES);
        Duration pause = in.duration("retry-after", Duration.ofMillis(100), Duration.ofMinutes(1), Effort.USUAL_PAUSE);
        return in.finish(() -> new ActionSettings(
                name, kinds, severity, deed.orElseThrow(), text, new Effort(coolDown, tries, pause)));
    }

    private Optional<Deed> deed(MapReader in) {
        long written = Stream.of("topic", "call", "snapshot", "frame-rate")
                .filter(in::has)
                .count();
        if (written != 1) {
            in.problem("name", written == 0 ? Code.MISSING : Code.VALUE, "an action does one thing", DEEDS);
            return Optional.empty();
        }
        if (in.has("call")) {
            return in.map("call").flatMap(ActionSection::call);
        }
        if (in.has("frame-rate")) {
            return in.map("frame-rate").flatMap(ActionSection::frameRate);
        }
        if (in.has("snapshot")) {
            String camera = in.id("snapshot");
            return camera.isEmpty() ? Optional.empty() : Optional.of(new Deed.Snapshot(camera));
        }
        String broker = brokerName.apply(in);
        String topic = in.matching("topic", TOPIC, "one MQTT topic, without '+' and '#'");
        String confirm = in.has("confirm-topic")
                ? in.matching("confirm-topic", TOPIC, "one MQTT topic, without '+' and '#'")
                : "";
        Duration within =
                in.duration("confirm-within", Duration.ofMillis(100), Duration.ofMinutes(1), Duration.ofSeconds(5));
        boolean isWhole = !broker.isEmpty() && !topic.isEmpty();
        return isWhole ? Optional.of(new Deed.Publish(broker, topic, confirm, within)) : Optional.empty();
    }

    private static Optional<Deed> frameRate(MapReader in) {
        String camera = in.id("camera");
        int perSecond = in.integer("per-second", 1, Deed.FrameRate.MOST, 5);
        Duration time = in.duration("for", Deed.FrameRate.SHORTEST, Deed.FrameRate.LONGEST, Duration.ofMinutes(2));
        return in.finish(() -> new Deed.FrameRate(camera, perSecond, time));
    }

    private static Optional<Deed> call(MapReader in) {
        Optional<URI> uri = in.required("uri").flatMap(v -> v.uri("https", "http"));
        Optional<Secret> token = in.secret("token");
        return in.finish(() -> new Deed.Call(uri.orElseThrow(), token));
    }
}
