package io.fengsui.fieldsim.sensor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;

/** One connection to a broker that speaks MQTT 5. Publishing is thread-safe; messages arrive on Paho's thread. */
final class MqttPeer implements AutoCloseable {
    private static final long WAIT_MILLIS = 10_000;
    private static final int QOS = 1;

    private final MqttAsyncClient client;

    MqttPeer(String uri, String clientId, @Nullable BrokerLogin login, BiConsumer<String, byte[]> onMessage)
            throws IOException {
        try {
            client = new MqttAsyncClient(uri, clientId, new MemoryPersistence());
            client.setCallback(new Arrivals(onMessage));
            MqttConnectionOptions options = new MqttConnectionOptions();
            options.setCleanStart(true);
            options.setAutomaticReconnect(true);
            if (login != null) {
                options.setUserName(login.user());
                options.setPassword(login.password().getBytes(StandardCharsets.UTF_8));
            }
            client.connect(options).waitForCompletion(WAIT_MILLIS);
        } catch (MqttException e) {
            throw new IOException("cannot reach the MQTT broker at " + uri + ": " + e.getMessage(), e);
        }
    }

    void subscribe(String topicFilter) throws IOException {
        try {
            client.subscribe(topicFilter, QOS).waitForCompletion(WAIT_MILLIS);
        } catch (MqttException e) {
            throw new IOException("cannot subscribe to " + topicFilter + ": " + e.getMessage(), e);
        }
    }

    /** Hands a message to the client and does not wait; false when the client takes none now. */
    boolean publish(String topic, byte[] payload) {
        try {
            client.publish(topic, payload, QOS, false);
            return true;
        } catch (MqttException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            try {
                if (client.isConnected()) {
                    client.disconnect().waitForCompletion(2_000);
                }
            } finally {
                client.close(true);
            }
        } catch (MqttException e) {
            throw new IOException("the MQTT connection did not end well", e);
        }
    }

    private record Arrivals(BiConsumer<String, byte[]> onMessage) implements MqttCallback {
        @Override
        public void messageArrived(String topic, MqttMessage message) {
            onMessage.accept(topic, message.getPayload());
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {}

        @Override
        public void mqttErrorOccurred(MqttException exception) {}

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean isReconnect, String uri) {}

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {}
    }
}
