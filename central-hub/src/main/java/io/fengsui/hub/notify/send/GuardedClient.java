package io.fengsui.hub.notify.send;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/** Paho's client of MQTT 5 with an {@link AnswerGuard} before it. */
final class GuardedClient extends MqttAsyncClient {
    GuardedClient(String broker, String id) throws MqttException {
        super(broker, id, new MemoryPersistence());
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
            return new AnswerGuard(connection.getInputStream());
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
