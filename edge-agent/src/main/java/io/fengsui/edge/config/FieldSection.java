package io.fengsui.edge.config;

import io.fengsui.edge.action.ActionSettings;
import io.fengsui.edge.config.AgentSettings.Field;
import io.fengsui.edge.profile.ProfileLibrary;
import io.fengsui.edge.sensor.SensorSettings;
import io.fengsui.edge.sensor.SensorSettings.Feed;
import io.fengsui.edge.sensor.mqtt.BrokerSettings;
import io.fengsui.edge.sensor.mqtt.BrokerSettings.MqttVersion;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem.Code;
import io.fengsui.settings.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code brokers}, {@code sensors} and {@code actions}. */
final class FieldSection {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final String edge;
    private final FeedReader feeds;
    private final Map<String, MapReader> brokers = new HashMap<>();
    private final Map<String, MapReader> sensors = new HashMap<>();
    private final Map<String, MapReader> actions = new HashMap<>();

    FieldSection(String edge, ZoneId zone, ProfileLibrary profiles) {
        this.edge = edge;
        this.feeds = new FeedReader(zone, profiles);
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
        Optional<BrokerSettings.Tls> tls = tls(in);
        String shareGroup = in.has("share-group") ? in.id("share-group") : "";
        Duration keepAlive =
                in.duration("keep-alive", SECOND.multipliedBy(5), Duration.ofHours(1), SECOND.multipliedBy(30));
        Duration expiry = in.duration("session-expiry", SECOND, Duration.ofDays(365), Duration.ofDays(7));
        return in.finish(() -> new BrokerSettings(
                name,
                uri.orElseThrow(),
                version,
                clientId,
                username,
                password.orElse(null),
                tls.orElseThrow(),
                shareGroup,
                keepAlive,
                expiry));
    }

    private Optional<SensorSettings> sensor(MapReader in) {
        String id = SharedReading.uniqueId(in, "id", "sensor", sensors);
        Name name = SharedReading.name(in, id);
        Place place = SharedReading.place(in);
        String subject = in.string("subject", "");
        String broker = brokerName(in);
        Optional<Feed> feed = feeds.read(in, id);
        Duration usual = feed.map(f -> f.profile().expireAfter()).orElse(Duration.ZERO);
        Duration silent = in.duration("silent-after", Duration.ZERO, Duration.ofDays(30), usual);
        return in.finish(() -> new SensorSettings(id, name, place, subject, broker, feed.orElseThrow(), silent));
    }

    private static Optional<BrokerSettings.Tls> tls(MapReader in) {
        Path ca = OutwardSection.existing(in, "ca-file");
        Path certificate = OutwardSection.existing(in, "certificate-file");
        Path key = OutwardSection.existing(in, "key-file");
        if ((certificate == null) != (key == null)) {
            in.problem(
                    "certificate-file", Code.MISSING, "a certificate needs its key, and a key its certificate", "both");
            return Optional.empty();
        }
        return Optional.of(new BrokerSettings.Tls(ca, certificate, key));
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

    private Optional<ActionSettings> action(MapReader in) {
        return new ActionSection(actions, this::brokerName).read(in);
    }
}
