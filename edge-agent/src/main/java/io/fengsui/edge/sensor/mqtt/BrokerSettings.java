package io.fengsui.edge.sensor.mqtt;

import io.fengsui.settings.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An MQTT broker and how to speak to it.
 *
 * @param uri {@code mqtt://host:port} or {@code mqtts://host:port}; no credentials
 * @param clientId stable and unique: the broker keeps the session, and what was not acknowledged, under it
 * @param username empty for none
 * @param caFile certificates to trust instead of the platform's; PEM
 * @param sessionExpiry how long the broker keeps the session of a box that is away
 */
public record BrokerSettings(
        String name,
        URI uri,
        MqttVersion version,
        String clientId,
        String username,
        @Nullable Secret password,
        @Nullable Path caFile,
        Duration keepAlive,
        Duration sessionExpiry) {
    /** Version of the protocol. */
    public enum MqttVersion {
        /** OASIS MQTT 5.0. */
        V5,
        /** OASIS MQTT 3.1.1, for old brokers. */
        V3
    }

    /** The address as Paho wants it. */
    String pahoUri() {
        boolean isTls = isTls();
        int port = uri.getPort() > 0 ? uri.getPort() : isTls ? 8883 : 1883;
        return (isTls ? "ssl://" : "tcp://") + uri.getHost() + ":" + port;
    }

    boolean isTls() {
        return "mqtts".equals(uri.getScheme());
    }

    /** The same broker for another purpose, so that the two do not take over each other's session. */
    public BrokerSettings withClientSuffix(String suffix) {
        return new BrokerSettings(
                name, uri, version, clientId + suffix, username, password, caFile, keepAlive, sessionExpiry);
    }
}
