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
 * @param shareGroup several boxes of one group share the messages between them ({@code $share}); empty for none
 * @param sessionExpiry how long the broker keeps the session of a box that is away
 */
public record BrokerSettings(
        String name,
        URI uri,
        MqttVersion version,
        String clientId,
        String username,
        @Nullable Secret password,
        Tls tls,
        String shareGroup,
        Duration keepAlive,
        Duration sessionExpiry) {
    public BrokerSettings {
        int port = uri.getPort();
        if (port == 0 || port > 65_535) {
            throw new IllegalArgumentException("a broker's port is 1 to 65535, not " + port);
        }
    }

    /**
     * Certificates; PEM.
     *
     * @param caFile to trust instead of the platform's; null for those
     * @param certificateFile own certificate and those that sign it; null for none
     * @param keyFile its key, PKCS #8
     */
    public record Tls(
            @Nullable Path caFile,
            @Nullable Path certificateFile,
            @Nullable Path keyFile) {
        public static final Tls PLATFORM = new Tls(null, null, null);

        public Tls {
            if ((certificateFile == null) != (keyFile == null)) {
                throw new IllegalArgumentException("a certificate needs its key, and a key its certificate");
            }
        }
    }

    /** A filter as it is subscribed to. */
    public String shared(String filter) {
        return shareGroup.isEmpty() ? filter : "$share/" + shareGroup + "/" + filter;
    }

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
                name, uri, version, clientId + suffix, username, password, tls, shareGroup, keepAlive, sessionExpiry);
    }
}
