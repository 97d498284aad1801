package io.fengsui.edge.sensor.mqtt;

import io.fengsui.edge.sensor.mqtt.BrokerSettings.MqttVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/** Paho's client of MQTT 5 with a {@link PacketGuard} before it. */
final class GuardedV5 extends MqttAsyncClient {
    GuardedV5(BrokerSettings settings) throws MqttException {
        super(settings.pahoUri(), settings.clientId(), new MemoryPersistence());
    }

    @Override
    protected NetworkModule[] createNetworkModules(String address, MqttConnectionOptions options) throws MqttException {
        return Arrays.stream(super.createNetworkModules(address, options))
                .map(Guarded::new)
                .toArray(NetworkModule[]::new);
    }

    /** A connection whose packets are looked at. */
    private record Guarded(NetworkModule connection) implements NetworkModule {
        @Override
        public void start() throws IOException, MqttException {
            connection.start();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new PacketGuard(connection.getInputStream(), MqttVersion.V5);
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return connection.getOutputStream();
        }

        @Override
        public void stop() throws IOException {
            connection.stop();
        }

        @Override
        public String getServerURI() {
            return connection.getServerURI();
        }
    }
}
