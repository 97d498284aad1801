package io.fengsui.edge.sensor.mqtt;

import io.fengsui.edge.sensor.mqtt.BrokerSettings.MqttVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Paho's client of MQTT 3.1.1 with a {@link PacketGuard} before it. */
final class GuardedV3 extends MqttAsyncClient {
    GuardedV3(BrokerSettings settings) throws MqttException {
        super(settings.pahoUri(), settings.clientId(), new MemoryPersistence());
    }

    @Override
    protected NetworkModule[] createNetworkModules(String address, MqttConnectOptions options) throws MqttException {
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
            return new PacketGuard(connection.getInputStream(), MqttVersion.V3);
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
