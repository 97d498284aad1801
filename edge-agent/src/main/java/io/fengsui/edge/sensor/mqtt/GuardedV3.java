package io.fengsui.edge.sensor.mqtt;

import io.fengsui.edge.sensor.mqtt.BrokerSettings.MqttVersion;
import java.util.Arrays;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Paho's client of MQTT 3.1.1 with a {@link PacketGuard} before it. */
final class GuardedV3 extends MqttAsyncClient {
    private final GuardedConnection guard;

    GuardedV3(BrokerSettings settings, BrokerClient.Listener listener) throws MqttException {
        super(settings.pahoUri(), settings.clientId(), new MemoryPersistence());
        guard = new GuardedConnection(
                MqttVersion.V3, listener, bytes -> comms.getClientState().notifyReceivedBytes(bytes));
    }

    @Override
    protected NetworkModule[] createNetworkModules(String address, MqttConnectOptions options) throws MqttException {
        return Arrays.stream(super.createNetworkModules(address, options))
                .map(connection -> guard.around(NetworkModule.class, connection))
                .toArray(NetworkModule[]::new);
    }
}
