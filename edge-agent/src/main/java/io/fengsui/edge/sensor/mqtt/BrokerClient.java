package io.fengsui.edge.sensor.mqtt;

import io.fengsui.edge.sensor.mqtt.BrokerSettings.MqttVersion;
import java.time.Duration;
import java.util.List;

/**
 * One connection to a broker, of either protocol version. Used once: after a failure a new one is made. Every call comes
 * from one thread of the owner's and may block up to its timeout; the listener is called on Paho's threads and must only
 * hand over.
 */
public interface BrokerClient extends AutoCloseable {
    /** Whether the broker keeps the session while the client is away. */
    enum SessionKind {
        KEPT,
        FRESH
    }

    /** Called on Paho's threads: must not block and must not call the client. */
    interface Listener {
        /** @param packetId for the acknowledgement; 0 when none is due */
        void onMessage(String topic, byte[] payload, int packetId, boolean isRetained);

        /** The next message of this topic is too large: only its beginning is handed over. Before {@link #onMessage}. */
        default void onCut(String topic, long bytes) {}

        /** The connection is gone, for a reason that holds no secret. */
        void onLost(String reason);
    }

    void connect(Duration timeout) throws BrokerException;

    void subscribe(List<String> filters, Duration timeout) throws BrokerException;

    void unsubscribe(List<String> filters, Duration timeout) throws BrokerException;

    /** Acknowledges a message of QoS 1. */
    void acknowledge(int packetId) throws BrokerException;

    /** Publishes with QoS 1 and waits for the broker's word. */
    void publish(String topic, byte[] payload, Duration timeout) throws BrokerException;

    /** Never throws, never waits for long. */
    @Override
    void close();

    /** Makes a client, not yet connected. */
    static BrokerClient of(BrokerSettings settings, SessionKind session, Listener listener) throws BrokerException {
        return settings.version() == MqttVersion.V5
                ? new PahoV5Client(settings, session, listener)
                : new PahoV3Client(settings, session, listener);
    }
}
