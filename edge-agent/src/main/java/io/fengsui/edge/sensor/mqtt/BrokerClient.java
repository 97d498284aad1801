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

        /**
         * Whether there is room for what the broker sends next; may wait a moment for it, on the thread that only receives. While there
         * is none nothing is read, also no answer of the broker's, and the broker is held back.
         */
        default boolean awaitRoom() throws InterruptedException {
            return true;
        }

        /** The connection is gone, for a reason that holds no secret. */
        void onLost(String reason);
    }

    /**
     * What was asked of the broker. Its answer comes behind the messages that are on their way: who has {@link Listener#awaitRoom}
     * say no goes on taking them meanwhile.
     */
    interface Answer {
        /** Whether it has come, or never will. */
        boolean isThere();

        /** Waits for it; throws what was refused. */
        void await(Duration timeout) throws BrokerException;
    }

    void connect(Duration timeout) throws BrokerException;

    /** Asks for all messages of these topics. */
    Answer subscribe(List<String> filters) throws BrokerException;

    Answer unsubscribe(String filter) throws BrokerException;

    /** Asks the broker to take a message of QoS 1; waits for a place among those in flight. */
    Answer send(String topic, byte[] payload, Duration timeout) throws BrokerException;

    default void subscribe(List<String> filters, Duration timeout) throws BrokerException {
        subscribe(filters).await(timeout);
    }

    /** Acknowledges a message of QoS 1. */
    void acknowledge(int packetId) throws BrokerException;

    /** Publishes with QoS 1 and waits for the broker's word. */
    default void publish(String topic, byte[] payload, Duration timeout) throws BrokerException {
        send(topic, payload, timeout).await(timeout);
    }

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
