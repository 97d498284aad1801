package io.fengsui.edge.sensor.mqtt;

import io.fengsui.edge.sensor.mqtt.BrokerSettings.MqttVersion;
import java.util.Arrays;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/** Paho's client of MQTT 5 with a {@link PacketGuard} before it. */
final class GuardedV5 extends MqttAsyncClient {
    private final GuardedConnection guard;

    GuardedV5(BrokerSettings settings, BrokerClient.Listener listener) throws MqttException {
        super(settings.pahoUri(), settings.clientId(), new MemoryPersistence());
        guard = new GuardedConnection(
                MqttVersion.V5, listener, bytes -> comms.getClientState().notifyReceivedBytes(bytes));
    }

    @Override
    protected NetworkModule[] createNetworkModules(String address, MqttConnectionOptions options) throws MqttException {
        return Arrays.stream(super.createNetworkModules(address, options))
                .map(connection -> guard.around(NetworkModule.class, connection))
                .toArray(NetworkModule[]::new);
    }
}
