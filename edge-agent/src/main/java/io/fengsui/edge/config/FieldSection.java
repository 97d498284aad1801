package io.fengsui.edge.config;

import io.fengsui.edge.action.ActionSettings;
import io.fengsui.edge.config.AgentSettings.Field;
import io.fengsui.edge.sensor.PayloadMapping;
import io.fengsui.edge.sensor.PayloadMapping.Freshness;
import io.fengsui.edge.sensor.PayloadMapping.Measure;
import io.fengsui.edge.sensor.PayloadMapping.State;
import io.fengsui.edge.sensor.PayloadMapping.Unit;
import io.fengsui.edge.sensor.SensorSettings;
import io.fengsui.edge.sensor.mqtt.BrokerSettings;
import io.fengsui.edge.sensor.mqtt.BrokerSettings.MqttVersion;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
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
import org.jspecify.annotations.Nullable;

/** Reads {@code brokers}, {@code sensors} and {@code actions}. */
final class FieldSection {
    private static final Pattern POINTER = Pattern.compile("|(/([^~/]|~0|~1)*)+");
    private static final Pattern FILTER = Pattern.compile("(\\+|[^+#\u0000/]*)(/(\\+|[^+#\u0000/]*))*(/#)?|#");
    private static final Pattern TOPIC = Pattern.compile("[^+#\u0000]{1,128}");
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)*(\\.\\*)?");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final String edge;
    private final Map<String, MapReader> brokers = new HashMap<>();
    private final Map<String, MapReader> sensors = new HashMap<>();
    private final Map<String, MapReader> actions = new HashMap<>();

    FieldSection(String edge) {
        this.edge = edge;
    }

    Field read(MapReader root) {
        List<BrokerSettings> readBrokers = root.maps("brokers", this::broker);
        List<SensorSettings> readSensors = root.maps("sensors", this::sensor);
        List<ActionSettings> readActions = root.maps("actions", this::action);
        return new Field(readBrokers, readSensors, readActions);
    }

    private Optional<BrokerSettings> broker(MapReader in) {
        String name = SharedReading.uniqueId(in, "name", "broker", brokers);
        Optional<URI> uri = in.required("uri").flatMap(v -> v.uri("mqtt", "mqtts"));
        MqttVersion version = in.enumeration("version", MqttVersion.class, MqttVersion.V5);
        String clientId = in.has("client-id") ? in.id("client-id") : "fengsui-" + edge;
        String username = in.string("username", "");
        Optional<Secret> password = username.isEmpty() ? in.secret("password") : in.requiredSecret("password");
        Path ca = OutwardSection.existing(in, "ca-file");
        Duration keepAlive =
                in.duration("keep-alive", SECOND.multipliedBy(5), Duration.ofHours(1), SECOND.multipliedBy(30));
        Duration expiry = in.duration("session-expiry", SECOND, Duration.ofDays(365), Duration.ofDays(7));
        return in.finish(() -> new BrokerSettings(
                name, uri.orElseThrow(), version, clientId, username, password.orElse(null), ca, keepAlive, expiry));
    }

    private Optional<SensorSettings> sensor(MapReader in) {
        String id = SharedReading.uniqueId(in, "id", "sensor", sensors);
        Name name = SharedReading.name(in, id);
        Place place = SharedReading.place(in);
        String subject = in.string("subject", "");
        String broker = brokerName(in);
        String topic = in.matching("topic", FILTER, "an MQTT topic, '+' for one level, '#' last for the rest");
        String quantity = in.id("quantity");
        Optional<PayloadMapping> mapping = mapping(in);
        Duration silent = in.duration("silent-after", Duration.ZERO, Duration.ofDays(30), Duration.ZERO);
        return in.finish(() ->
                new SensorSettings(id, name, place, subject, broker, topic, quantity, mapping.orElseThrow(), silent));
    }

    private String brokerName(MapReader in) {
        String only = brokers.size() == 1 ? brokers.keySet().iterator().next() : "";
        String broker = in.has("broker") || only.isEmpty() ? in.id("broker") : only;
        if (!broker.isEmpty() && !brokers.containsKey(broker)) {
            in.problem(
                    "broker",
                    Code.REFERENCE,
                    "there is no broker '" + broker + "'",
                    brokers.isEmpty()
                            ? "one under 'brokers' first"
                            : "one of "
                                    + String.join(
                                            ", ",
                                            brokers.keySet().stream().sorted().toList()));
        }
        return broker;
    }

    private static Optional<PayloadMapping> mapping(MapReader in) {
        Optional<MapReader> state = in.map("state");
        Optional<MapReader> measure = in.map("measure");
        if (in.has("state") == in.has("measure")) {
            in.problem(
                    "state",
                    Code.MISSING,
                    "how to read the payload is said by one of 'state' and 'measure'",
                    "'state: {pointer: /alarm}' or 'measure: {pointer: /level, unit: m}'");
            return Optional.empty();
        }
        return state.isPresent() ? state.flatMap(FieldSection::state) : measure.flatMap(FieldSection::measure);
    }

    private static Optional<PayloadMapping> state(MapReader in) {
        String pointer = pointer(in, "pointer");
        Set<String> trueValues = values(in, "true-values", State.USUAL_TRUE);
        Set<String> falseValues = values(in, "false-values", State.USUAL_FALSE);
        Freshness freshness = freshness(in);
        return in.finish(() -> new State(pointer, trueValues, falseValues, freshness));
    }

    private static Optional<PayloadMapping> measure(MapReader in) {
        String pointer = pointer(in, "pointer");
        Unit unit = in.enumeration("unit", Unit.class);
        double scale = in.number("scale", -1e9, 1e9, 1);
        Freshness freshness = freshness(in);
        return in.finish(() -> new Measure(pointer, unit, scale, freshness));
    }

    private static Set<String> values(MapReader in, String key, Set<String> absent) {
        return in.has(key) ? Set.copyOf(in.strings(key)) : absent;
    }

    private static @Nullable Freshness freshness(MapReader in) {
        return in.map("time")
                .flatMap(time -> {
                    String pointer = pointer(time, "pointer");
                    Duration maxAge = time.duration("max-age", SECOND, Duration.ofDays(1), Duration.ofMinutes(5));
                    return time.finish(() -> new Freshness(pointer, maxAge));
                })
                .orElse(null);
    }

    private static String pointer(MapReader in, String key) {
        return in.matching(key, POINTER, "a JSON pointer such as /data/level, or '' for the whole payload");
    }

    private Optional<ActionSettings> action(MapReader in) {
        String name = SharedReading.uniqueId(in, "name", "action", actions);
        List<String> kinds =
                in.list("kinds", v -> v.matching(KIND, "a kind such as water.level.high, or water.* for all below it"));
        if (kinds.isEmpty() && !in.has("kinds")) {
            in.problem("kinds", Code.MISSING, "the action answers to no kind", "'kinds: [water.*]'");
        }
        Severity severity = in.enumeration("min-severity", Severity.class, Severity.INFO);
        String broker = brokerName(in);
        String topic = in.matching("topic", TOPIC, "one MQTT topic, without '+' and '#'");
        String text = in.required("text").flatMap(ValueReader::string).orElse("");
        Duration coolDown = in.duration("cool-down", Duration.ZERO, Duration.ofDays(1), Duration.ofMinutes(5));
        return in.finish(() -> new ActionSettings(name, kinds, severity, broker, topic, text, coolDown));
    }
}
